import type { Language } from '../../domain/values.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { Words } from './words.ts';

const WORDS: Readonly<Record<Language, Words>> = { en, de };

export const wordsIn = (language: Language): Words => WORDS[language];
