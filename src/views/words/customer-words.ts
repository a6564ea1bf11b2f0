import type { Language } from '../../domain/values.ts';

/** The desk's own words to a customer; everything else in a mail was written by the owner. */
export interface CustomerWords {
  readonly greeting: (name: string) => string;
  readonly received: (number: string) => string;
  readonly waiting: string;
  readonly objection: string;
  readonly resolved: (number: string) => string;
  /** Below news of a disturbance. */
  readonly news: string;
}

const WORDS: Readonly<Record<Language, CustomerWords>> = {
  en: {
    greeting: (name) => (name ? `Hello ${name},` : 'Hello,'),
    received: (number) =>
      `thank you for your message. It has arrived as ${number}, and one person will take care of it. To add something, just answer this mail.`,
    waiting: 'We continue as soon as you answer this mail.',
    objection: 'We regard this as solved. If it is not, just answer this mail.',
    resolved: (number) => `your request ${number} has been solved.`,
    news: 'You need not do anything. We will write again as soon as there is more to say.',
  },
  de: {
    greeting: (name) => (name ? `Guten Tag ${name},` : 'Guten Tag,'),
    received: (number) =>
      `vielen Dank für Ihre Nachricht. Sie ist als ${number} eingegangen, und eine Person kümmert sich darum. Um etwas zu ergänzen, antworten Sie einfach auf diese Mail.`,
    waiting: 'Sobald Sie auf diese Mail antworten, geht es weiter.',
    objection: 'Wir betrachten das als gelöst. Falls nicht, antworten Sie einfach auf diese Mail.',
    resolved: (number) => `Ihr Anliegen ${number} ist gelöst.`,
    news: 'Sie müssen nichts tun. Sobald es Neues gibt, schreiben wir Ihnen wieder.',
  },
};

export const customerWords = (language: Language): CustomerWords => WORDS[language];
