import type { Language } from '../../domain/values.ts';

/** The desk's own words in a mail to one of its people. Never to a customer: those are in customer-words. */
export interface InternalMailWords {
  /** Stands in brackets before the subject. */
  readonly mark: string;
  readonly notice: string;
  readonly greeting: (name: string) => string;
  /** Why the mail was written, and where to go on. */
  readonly why: string;
}

const WORDS: Readonly<Record<Language, InternalMailWords>> = {
  en: {
    mark: 'internal',
    notice: 'Internal, for the desk only: do not forward this mail to the customer.',
    greeting: (name) => (name ? `Hello ${name},` : 'Hello,'),
    why: 'You could not be reached in Teams, so this comes by mail. Please act in Teams: an answer to this mail does not reach the ticket.',
  },
  de: {
    mark: 'intern',
    notice: 'Intern, nur für den Service Desk: Diese Mail bitte nicht an den Kunden weiterleiten.',
    greeting: (name) => (name ? `Guten Tag ${name},` : 'Guten Tag,'),
    why: 'Sie waren in Teams nicht zu erreichen, deshalb kommt dies als Mail. Bitte handeln Sie in Teams: Eine Antwort auf diese Mail erreicht das Ticket nicht.',
  },
};

export const internalMailWords = (language: Language): InternalMailWords => WORDS[language];
