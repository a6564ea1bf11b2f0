import { significantWords } from '../../domain/likeness.ts';

/** In the order in which an entry travels to and from the worker. */
export const entryColumns = ['ticketId', 'number', 'teamId', 'status', 'subject', 'text', 'rev', 'changedAt'] as const;

/** Row numbers kept free for each millisecond; the product stays a safe integer until the year 2255. */
export const placesPerMs = 1_000;

export const placeOf = (changedAt: string): number => Date.parse(changedAt) * placesPerMs;

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** The text with the words it did not hold yet: a long correspondence repeats itself, its vocabulary hardly grows. */
export const addedWords = (known: string, text: string): string => {
  if (known === '') return text;
  const have = new Set(wordsOf(known));
  const fresh = [...new Set(wordsOf(text))].filter((word) => !have.has(word));
  return [known, ...fresh].join(' ');
};

const quoted = (word: string): string => `"${word.slice(0, maxWordLength).replaceAll('"', '""')}"`;

const maxWords = 20;
const maxWordLength = 80;

/**
 * What a person typed as an FTS5 expression: every word must be there, the last one may be unfinished. Each word is a
 * quoted string, so nothing typed is ever syntax (https://www.sqlite.org/fts5.html#fts5_strings).
 * @returns undefined when there is no letter and no digit to look for.
 */
export const matchOf = (typed: string): string | undefined => {
  const words = wordsOf(typed.replaceAll('\0', ' '))
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, maxWords)
    .map(quoted);
  return words.length === 0 ? undefined : `${words.join(' AND ')} *`;
};

const maxRareWords = 8;

/**
 * Any of the text's longest words as an FTS5 expression: how often a word occurs is dear to ask, and long ones are rare.
 * @returns undefined when the text says nothing.
 */
export const anyOf = (text: string): string | undefined => {
  const words = [...significantWords(text)].sort((a, b) => b.length - a.length).slice(0, maxRareWords);
  return words.length === 0 ? undefined : words.map(quoted).join(' OR ');
};
