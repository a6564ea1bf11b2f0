import type { CustomerMail, CustomerMailKind } from '../domain/customer-view.ts';
import { oneLine } from '../domain/values.ts';
import { escapeHtml } from './html.ts';
import { customerWords } from './words/customer-words.ts';

/** What a customer reads, as text and as HTML with the same words. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** How the desk signs for a team. */
export interface Signature {
  readonly teamName: string;
  /** False: signed by the team alone. */
  readonly byOwner: boolean;
}

/** The whole mail as the customer gets it. Only customer-view reaches this file: what is not in it cannot leak. */
export const customerMail = (mail: CustomerMail, signature: Signature): RenderedMail => {
  const paragraphs = bodyOf(mail);
  const signed = [...(signature.byOwner && mail.signedBy ? [mail.signedBy] : []), signature.teamName];
  const text = [...paragraphs, signed.join('\n')].join('\n\n');
  const html = [...paragraphs, signed.join('\n')]
    .map((paragraph) => `<p>${escapeHtml(paragraph).replace(/\n/gu, '<br>')}</p>`)
    .join('\n');
  return { subject: subjectOf(mail), text: `${text}\n`, html: `<html><body>\n${html}\n</body></html>` };
};

/** One line with the number once, at the end; what earlier answers put before it is left out. */
const subjectOf = ({ subject, number }: CustomerMail): string => {
  const unnumbered = oneLine(subject.replaceAll(`[${number}]`, ' '), 200);
  const bare = unnumbered.replace(/^((re|aw|antw|fwd?|wg)\s*:\s*)+/iu, '');
  return `RE: ${bare === '' ? '' : `${bare} `}[${number}]`;
};

const bodyOf = (mail: CustomerMail): string[] => {
  const words = customerWords(mail.language);
  const greeting = words.greeting(mail.to.name === mail.to.address ? '' : mail.to.name);
  const written = mail.text === undefined ? [] : [mail.text];
  const order: Readonly<Record<CustomerMailKind, readonly string[]>> = {
    acknowledgement: [greeting, words.received(mail.number)],
    answer: written,
    question: [...written, words.waiting],
    update: [...written, words.news],
    solution: [...written, words.objection],
    resolved: [greeting, ...(written.length > 0 ? written : [words.resolved(mail.number)]), words.objection],
  };
  return [...order[mail.kind]];
};
