import { setTimeout as after } from 'node:timers/promises';
import type { ChannelMirror, Said } from '../../src/local/teams/mirror.ts';
import type { Person } from '../../src/local/teams/tenant.ts';
import type { Chance } from './chance.ts';
import type { Ledger, Tap, Told } from './ledger.ts';

export interface AgentsParts {
  readonly mirror: ChannelMirror;
  readonly channel: string;
  readonly people: readonly Person[];
  readonly ledger: Ledger;
  readonly chance: Chance;
  /** Whether an event with all of these words is among the ticket's. */
  readonly isKept: (ticketId: string, words: readonly string[]) => boolean;
}

export interface Agents {
  /** Taps until `stopped`, without waiting for one answer before the next tap. */
  work(stopped: () => boolean): Promise<void>;
  tap(): Promise<void>;
  /** A person whose answer got lost looks at the ticket, and taps again where nothing was kept. */
  tapAgain(): Promise<void>;
}

/** The tickets in the channel, oldest first. */
export const ticketsIn = (mirror: ChannelMirror, channel: string): readonly string[] =>
  mirror.posts(channel).flatMap(({ activity }) => {
    const [, id] = /"ticketId":"([^"]+)"/u.exec(JSON.stringify(activity.attachments ?? [])) ?? [];
    return id === undefined ? [] : [id];
  });

const signOf = (person: Pick<Person, 'name'>, number: number): string =>
  `Answer ${String(number).padStart(6, '0')} of ${person.name}`;

const wordsOf = ({ verb, sign, person }: Tap): readonly string[] =>
  verb === 'reserve' ? ['TicketReserved', person.id] : ['CustomerAnswered', sign];

/**
 * Shown in the story (`text`), not given back as a draft in the field (`value`); a tap on Accept shows as the owner's name,
 * or as what only its own person may undo.
 */
const toldOf = ({ status, body }: Said, { verb, sign, person }: Tap): Told => {
  const { statusCode } = (body ?? {}) as { statusCode?: number };
  if (status !== 200 || statusCode !== 200) return 'lost';
  const shown = JSON.stringify(body);
  const done =
    verb === 'reserve'
      ? shown.includes(`"text":"${person.name}"`) || shown.includes('"verb":"undo-reserve"')
      : shown.includes(`"text":"${sign}"`);
  return done ? 'told' : 'refused';
};

/** Agents at their cards: who accepted a ticket works it, now and then another reaches in. */
export const agentsAtWork = (parts: AgentsParts): Agents => {
  const { mirror, channel, people, ledger, chance } = parts;
  const send = async (made: Tap): Promise<void> => {
    made.times += 1;
    const action = {
      type: 'Action.Execute',
      verb: made.verb,
      data: { ticketId: made.ticketId, replyText: made.sign },
    };
    const asked = mirror.say({
      person: made.person.id,
      conversation: channel,
      invoke: { name: 'adaptiveCard/action', value: { action } },
    });
    made.told = await asked.then(
      (said) => toldOf(said, made),
      () => 'lost',
    );
  };
  const seenDone = (ticketId: string, verbs: readonly Tap['verb'][]): Tap | undefined =>
    ledger.taps.find((tap) => tap.ticketId === ticketId && tap.told === 'told' && verbs.includes(tap.verb));
  const newTap = (): Tap | undefined => {
    const recent = ticketsIn(mirror, channel).slice(-15);
    const open = recent.filter((id) => chance.happens(10) || !seenDone(id, ['reply-resolve']));
    const ticketId = chance.pick(open);
    if (ticketId === undefined) return undefined;
    const owner = seenDone(ticketId, ['reserve'])?.person;
    const person = owner && chance.happens(90) ? owner : chance.pick(people);
    const verb = chance.pick(
      owner
        ? (['reply', 'reply', 'reply', 'reply-resolve'] as const)
        : (['reserve', 'reserve', 'reply-resolve'] as const),
    );
    if (!person || !verb) return undefined;
    return { verb, ticketId, person, sign: signOf(person, ledger.taps.length), told: 'lost', times: 0 };
  };
  const tap = async (): Promise<void> => {
    const made = newTap();
    if (!made) return;
    ledger.taps.push(made);
    await send(made);
  };
  return {
    work: async (stopped) => {
      const asked: Promise<void>[] = [];
      while (!stopped()) {
        asked.push(tap());
        await after(40 + chance.below(160));
      }
      await Promise.all(asked);
    },
    tap,
    tapAgain: async () => {
      for (const lost of ledger.taps.filter(({ told }) => told === 'lost')) {
        if (parts.isKept(lost.ticketId, wordsOf(lost))) lost.told = 'told';
        else await send(lost);
      }
    },
  };
};
