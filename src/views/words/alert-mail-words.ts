import type { AlertStop } from '../../domain/alert-explain.ts';
import type { Condition } from '../../domain/alert-rules.ts';
import type { Language } from '../../domain/values.ts';

/** An alert by mail, for one of the desk's people who cannot be told in Teams. */
interface AlertMailWords {
  /** What holds: of a ticket, and of one of its requests for help. */
  readonly holds: Readonly<Record<'ticket' | 'envelope', Readonly<Record<Condition, string>>>>;
  readonly level: (level: number) => string;
  readonly due: (when: string) => string;
  readonly next: (level: number, when: string) => string;
  readonly stops: (what: readonly string[]) => string;
  readonly stop: Readonly<Record<AlertStop, string>>;
  readonly customer: (name: string) => string;
  readonly owner: (name: string) => string;
  readonly team: (name: string) => string;
  readonly alike: (count: number) => string;
  readonly more: (count: number) => string;
}

const WORDS: Readonly<Record<Language, AlertMailWords>> = {
  en: {
    holds: {
      ticket: {
        NOT_ASSIGNED: 'nobody has accepted it yet',
        NOT_UPDATED: 'it has stood still',
        NOT_COMPLETED: 'it is not solved, and its time ends or has ended',
      },
      envelope: {
        NOT_ASSIGNED: 'nobody has taken the request for help yet',
        NOT_UPDATED: 'the request for help has stood still',
        NOT_COMPLETED: 'the help is not there, and its time ends or has ended',
      },
    },
    level: (level) => `level ${level}`,
    due: (when) => `You were to be told at ${when}.`,
    next: (level, when) => `If nothing happens, level ${level} is told at ${when}.`,
    stops: (what) => `What stops it: ${what.join('; ')}.`,
    stop: {
      accept: 'somebody accepts the ticket',
      cancel: 'it is cancelled',
      answer: 'an answer to the customer',
      work: 'a step of work on it',
      'follow-up': 'a date for the follow-up',
      resolve: 'it is resolved',
      'new-due': 'a later due date',
      take: 'somebody takes the request',
      complete: 'the help is delivered',
      withdraw: 'the request is withdrawn',
    },
    customer: (name) => `Customer: ${name}`,
    owner: (name) => `Owner: ${name}`,
    team: (name) => `Team: ${name}`,
    alike: (count) => `${count} alerts alike`,
    more: (count) => `… and ${count} more`,
  },
  de: {
    holds: {
      ticket: {
        NOT_ASSIGNED: 'es hat noch niemand angenommen',
        NOT_UPDATED: 'es geht damit nicht weiter',
        NOT_COMPLETED: 'es ist nicht gelöst, und seine Zeit endet oder ist vorbei',
      },
      envelope: {
        NOT_ASSIGNED: 'die Bitte um Hilfe hat noch niemand übernommen',
        NOT_UPDATED: 'bei der Bitte um Hilfe geht es nicht weiter',
        NOT_COMPLETED: 'die Hilfe fehlt noch, und ihre Zeit endet oder ist vorbei',
      },
    },
    level: (level) => `Stufe ${level}`,
    due: (when) => `Sie sollten es am ${when} erfahren.`,
    next: (level, when) => `Geschieht nichts, geht am ${when} Stufe ${level} hinaus.`,
    stops: (what) => `Was es beendet: ${what.join('; ')}.`,
    stop: {
      accept: 'jemand nimmt das Ticket an',
      cancel: 'es wird storniert',
      answer: 'eine Antwort an den Kunden',
      work: 'ein Arbeitsschritt daran',
      'follow-up': 'ein Datum zur Wiedervorlage',
      resolve: 'es wird gelöst',
      'new-due': 'ein späterer Termin',
      take: 'jemand übernimmt die Bitte',
      complete: 'die Hilfe ist geleistet',
      withdraw: 'die Bitte wird zurückgezogen',
    },
    customer: (name) => `Kunde: ${name}`,
    owner: (name) => `Zuständig: ${name}`,
    team: (name) => `Team: ${name}`,
    alike: (count) => `${count} Alarme gleicher Art`,
    more: (count) => `… und ${count} weitere`,
  },
};

export const alertMailWords = (language: Language): AlertMailWords => WORDS[language];
