import type { Language } from './values.ts';

/** Words by which a mail is recognised, in the languages of our users. Headers always speak before words. */

/** Words of a mail that only thanks. Any other word makes it a reply: a missed thank-you costs a glance, a missed wish a customer. */
const THANKS: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: new Set(
    'thank thanks thx ty cheers you very so much many a lot again for your the help quick fast great perfect awesome super works now it all good fine best kind regards hi hello dear team'.split(
      ' ',
    ),
  ),
  de: new Set(
    'danke dank vielen herzlichen besten dankeschön nochmals für die das ihre eure deine schnelle hilfe unterstützung antwort super perfekt toll prima klasse funktioniert jetzt es alles gut mit freundlichen grüßen viele liebe grüße mfg lg hallo guten tag liebes team sehr'.split(
      ' ',
    ),
  ),
};
const GRATITUDE = /\b(thank|thanks|thx|ty|cheers|danke|dank|dankeschön)\b/iu;
const NEGATION = /\b(no|not|nicht|kein|keine|aber|but|still|noch)\b|\?/iu;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];

/**
 * True for "Thanks a lot!" and "Vielen Dank, funktioniert jetzt"; false as soon as anything else is said, on whatever line.
 * The sender's own `name` below it says nothing.
 */
export const saysOnlyThanks = (text: string, name = ''): boolean => {
  if (text.length > 300 || !GRATITUDE.test(text) || NEGATION.test(text)) return false;
  const signature = new Set(wordsOf(name));
  const said = wordsOf(text).filter((word) => !signature.has(word));
  return (
    said.length > 0 && (['en', 'de'] as const).some((language) => said.every((word) => THANKS[language].has(word)))
  );
};

const COMMON: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: new Set(
    'the and is are not with for this that you have has my our please cannot it we hello dear from when but since after'.split(
      ' ',
    ),
  ),
  de: new Set(
    'der die das und ist sind nicht mit für dies ich sie wir habe haben mein unser bitte kann hallo guten tag seit wenn aber auf ein eine'.split(
      ' ',
    ),
  ),
};

/** The language more of whose everyday words appear in the first 200; `otherwise` where neither leads. */
export const languageOf = (text: string, otherwise: Language): Language => {
  const words = wordsOf(text.slice(0, 2_000)).slice(0, 200);
  const score = (language: Language): number => words.filter((word) => COMMON[language].has(word)).length;
  const [english, german] = [score('en'), score('de')];
  if (english === german) return otherwise;
  return german > english ? 'de' : 'en';
};
