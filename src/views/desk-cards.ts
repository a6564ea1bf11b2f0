import { type AdaptiveCard, compile } from './expand.ts';
import newTicketTemplate from './templates/new-ticket-card.json' with { type: 'json' };
import type { Language } from '../domain/values.ts';
import { wordsIn } from './words/language.ts';

/** The form for a ticket on behalf of a caller; `key` makes sending it twice one ticket. What was typed survives a refusal. */
export interface NewTicketForm {
  readonly language: Language;
  readonly key: string;
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly teamId: string;
  readonly typed?: { readonly caller: string; readonly subject: string; readonly text: string };
  readonly fault?: string;
}

const renderNew = compile<object>(newTicketTemplate);

export const newTicketCard = ({ language, key, teams, teamId, typed, fault }: NewTicketForm): AdaptiveCard =>
  renderNew({
    words: wordsIn(language).card,
    key,
    teams,
    teamId,
    fault: fault ?? '',
    caller: typed?.caller ?? '',
    subject: typed?.subject ?? '',
    text: typed?.text ?? '',
  });

const helpOf = (language: Language): AdaptiveCard => {
  const { title, lines } = wordsIn(language).help;
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: title,
    body: [
      { type: 'TextBlock', text: title, weight: 'Bolder', size: 'Large', wrap: true },
      { type: 'FactSet', facts: lines.map(([command, what]) => ({ title: command, value: what })) },
    ],
  };
};

const HELP: Readonly<Record<Language, AdaptiveCard>> = { en: helpOf('en'), de: helpOf('de') };

/** What the bot understands; the same for everyone, so it is made once. */
export const helpCard = (language: Language): AdaptiveCard => HELP[language];
