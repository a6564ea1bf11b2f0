import { type Language, oneLine } from '../domain/values.ts';
import { escapeHtml } from './html.ts';
import { linesOf } from './text.ts';
import { internalMailWords } from './words/internal-mail-words.ts';

/** What a person of the desk is told by mail. */
export interface InternalMailText {
  readonly to: { readonly name: string; readonly address: string };
  readonly language: Language;
  readonly subject: string;
  readonly lines: readonly string[];
}

/** What is shown of the lines: so many, each of so many characters. */
const SHOWN = { lines: 40, lineLength: 500 };

/**
 * The whole mail: it says first that it is internal. Subject of at most 200 characters after its mark; of the lines 40 are
 * shown, the last an ellipsis where there are more, each of at most 500 characters.
 */
export const internalMail = (
  { to, language, subject, lines }: InternalMailText,
  teamName: string,
): { readonly subject: string; readonly html: string } => {
  const words = internalMailWords(language);
  const name = to.name === to.address ? '' : oneLine(to.name, 100);
  const told = linesOf(lines.join('\n'), SHOWN);
  const paragraphs = [[words.greeting(name)], told, [words.why], [oneLine(teamName, 100)]];
  const html = [
    `<p><strong>${escapeHtml(words.notice)}</strong></p>`,
    ...paragraphs.filter((each) => each.length > 0).map((each) => `<p>${each.map(escapeHtml).join('<br>')}</p>`),
  ].join('\n');
  return {
    subject: `[${words.mark}] ${oneLine(subject, 200)}`.trim(),
    html: `<html><body>\n${html}\n</body></html>`,
  };
};
