/**
 * How alike two texts are by the words that say something: what two reports of one fault share. Case, accents and the way
 * umlauts are typed make no difference (`Störung`, `STOERUNG`).
 */

/** `ue` reads as `u` everywhere, also in `queue`: the fold only compares, nobody reads it. */
const folded = (word: string): string =>
  word
    .toLowerCase()
    .normalize('NFC')
    .replace(/([aou])e/gu, '$1')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss');

/** Words in nearly every mail, folded. A subject's `Re:` and `WG:` say as little as an article. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    'the and is are was were be been not no with for this that these those you your he she his her has have had my our',
    'me we us they them their its it of to in on at by or as an if so do does did can could cannot will would should',
    'may might must please hello hi dear from when what where which who why how but since after before again any all',
    'some there here just also than then too very up out into about over under more most only now am get got thanks',
    'thank kind regards best team re fw fwd',
    'der die das den dem des ein eine einen einem einer eines und oder ist sind war waren wird werden wurde wurden',
    'nicht kein keine mit für dies diese dieser dieses diesen ich sie er wir ihr ihre ihren ihm ihn uns unser unsere',
    'mein meine meinen habe haben hat hatte hatten bitte kann können könnte hallo guten tag seit wenn aber auf von vom',
    'zu zum zur im am an aus bei beim nach vor über unter durch um bis als wie was wo wer warum dass da es so nur noch',
    'schon auch sehr mehr hier dort jetzt immer wieder man mich mir dir du danke vielen dank freundlichen grüßen viele',
    'liebe grüße team aw wg',
  ]
    .join(' ')
    .split(' ')
    .map(folded),
);

/** A longer run of letters is an address or a code that no other text shares. */
const LONGEST_WORD = 40;

/** Words of the text that say something, by their fold; each once, as it was first written, in lower case. */
const bySense = (text: string): Map<string, string> => {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const senses = new Map<string, string>();
  for (const word of words) {
    const sense = folded(word);
    const says = sense.length >= 2 && word.length <= LONGEST_WORD && !STOP_WORDS.has(sense);
    if (says && !senses.has(sense)) senses.set(sense, word);
  }
  return senses;
};

/** The words by which the text may be found elsewhere, in lower case, each once. */
export const significantWords = (text: string): readonly string[] => [...bySense(text).values()];

/** 0 … 1: the share of significant words that both have among those that either has; 0 where neither says anything. */
export const likeness = (a: string, b: string): number => {
  const [ours, theirs] = [bySense(a), bySense(b)];
  const shared = [...ours.keys()].filter((sense) => theirs.has(sense)).length;
  const either = ours.size + theirs.size - shared;
  return either === 0 ? 0 : shared / either;
};

/**
 * What the subjects of many mails about one fault have in common: their significant words without those that hold a digit,
 * sorted. Empty where fewer than two are left: one word is no storm.
 */
export const stormKey = (subject: string): string => {
  const words = [...bySense(subject).keys()].filter((word) => !/\p{N}/u.test(word));
  return words.length < 2 ? '' : words.sort().join(' ');
};
