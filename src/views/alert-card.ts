import type { AlertFacts } from '../domain/alert-explain.ts';
import type { AlertKey } from '../domain/alert-row.ts';
import type { AlertLevel } from '../domain/alert-rules.ts';
import { ownerOf, type Ticket } from '../domain/ticket.ts';
import { type Instant, oneLine, type PersonRef, type TeamId } from '../domain/values.ts';
import { alertActions } from './alert-actions.ts';
import { type Ended, overText } from './alert-end.ts';
import { alertFactRows, heldText, topicText } from './alert-facts.ts';
import type { AlertTelling } from './alert-times.ts';
import { type ToldLine, toldFacts } from './alert-told.ts';
import { PRIORITY_COLOR } from './colors.ts';
import { type AdaptiveCard, compile } from './expand.ts';
import { fitted } from './fit.ts';
import template from './templates/alert-card.json' with { type: 'json' };
import { plain } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { customerOf, type Fact, ownerName, priorityText } from './ticket-facts.ts';
import { wordsIn } from './words/language.ts';

interface TellsOf extends AlertKey {
  readonly ticket: Ticket;
  /** The team whose clock it is. */
  readonly teamId: TeamId;
  /** While its condition holds; without it the card is quiet. */
  readonly facts?: AlertFacts;
  readonly ended?: Ended;
  /** Of this episode, newest first. */
  readonly lines: readonly ToldLine[];
  /** Who is likely to help, best first. */
  readonly help: { readonly teams: readonly { readonly id: TeamId; readonly name: string }[] };
}

export interface AlertCard {
  readonly story: TellsOf;
  readonly reader: Reader;
  /** Who it is for, where many read it: they are mentioned. */
  readonly people: readonly PersonRef[];
  readonly now: Instant;
  readonly teamNameOf?: (id: TeamId) => string;
  /** Why the last tap on it was refused. */
  readonly headline?: string;
}

/** Names get shorter before anybody is left out. */
const NAMES = [80, 40, 20, 10] as const;
const MOST_MENTIONED = 60;
const STYLE: Readonly<Record<AlertLevel, string>> = { 1: 'accent', 2: 'warning', 3: 'attention' };

const render = compile<object>(template);

/**
 * An alert as a card: what holds and since when, who knows of it, what comes next, what stops it, and what to do. Over, it is
 * grey and says what ended it. Never leaves the desk.
 */
export const alertCard = (card: AlertCard): AdaptiveCard =>
  fitted(NAMES, (names) => {
    const telling = tellingOf(card, names);
    return render(card.story.facts ? loud(card, card.story.facts, telling) : quiet(card, telling));
  });

const tellingOf = ({ story, reader, now, teamNameOf }: AlertCard, names: number): AlertTelling => ({
  reader,
  words: wordsIn(reader.language),
  teamNameOf: teamNameOf ?? ((id) => id),
  posted: story.lines.at(-1)?.at ?? now,
  names,
});

const loud = (card: AlertCard, facts: AlertFacts, telling: AlertTelling): object => {
  const { story, reader, people, now } = card;
  const { words, names } = telling;
  return {
    ...headOf(card, `${topicText(facts, telling)} · ${words.alert.level(facts.level)}`, telling),
    style: STYLE[facts.level],
    size: 'Large',
    ...mentionsOf(people, names),
    facts: [
      ...ownFacts(card, telling),
      { label: words.facts.team, value: oneLine(telling.teamNameOf(story.teamId), names) },
      ...(facts.held ? [{ label: words.alert.heldLabel, value: heldText(facts.held, telling) }] : []),
      ...alertFactRows(facts, story.ticket, telling),
      ...becauseFact(card, telling),
      ...toldFacts(story.lines, telling, { now, except: reader.person?.id }),
    ],
    actions: alertActions(card, facts, telling),
  };
};

const quiet = (card: AlertCard, telling: AlertTelling): object => ({
  ...headOf(card, `${topicText(card.story, telling)}: ${overText(endOf(card.story), telling)}`, telling),
  style: 'emphasis',
  size: 'Default',
  mentions: [],
  mentioned: '',
  facts: ownFacts(card, telling),
  actions: alertActions(card, undefined, telling),
});

/** An Accept counts when the time to undo it is over: the clock lets it happen, but a person did it. */
const endOf = ({ ended, ticket }: TellsOf): Ended | undefined => {
  const accepted = ended?.cause === 'TicketAccepted' ? ownerOf(ticket) : undefined;
  return ended && accepted ? { by: accepted.name, ...ended } : ended;
};

const headOf = ({ story: { ticket }, headline }: AlertCard, text: string, { words }: AlertTelling): object => ({
  fallbackText: plain(`${ticket.number} ${text}`),
  refused: oneLine(headline ?? '', 200),
  headline: text,
  number: ticket.number,
  statusText: words.status[ticket.status],
  priorityText: priorityText(ticket, words),
  priorityColor: PRIORITY_COLOR[ticket.priority],
  subject: oneLine(ticket.subject, 200) || words.noSubject,
});

const ownFacts = ({ story: { ticket } }: AlertCard, { words }: AlertTelling): readonly Fact[] => [
  { label: words.facts.customer, value: customerOf(ticket, words) },
  { label: words.facts.owner, value: ownerName(ticket, words) },
];

/** Why the reader of all people. */
const becauseFact = ({ story, reader }: AlertCard, { words }: AlertTelling): readonly Fact[] => {
  const own = story.lines.find(({ recipient }) => recipient.id === reader.person?.id);
  return own ? [{ label: words.alert.youAs, value: words.alert.because[own.recipient.because] }] : [];
};

/** What Teams reads as a mention is made of the name as it is shown: the same signs in the text and in the entity. */
const mentionsOf = (people: readonly PersonRef[], names: number): object => {
  const mentions = [...new Map(people.map((each) => [each.id, each])).values()]
    .slice(0, MOST_MENTIONED)
    .map(({ id, name }) => {
      const shown = plain(oneLine(name, names)) || '?';
      return { type: 'mention', text: `<at>${shown}</at>`, mentioned: { id, name: shown } };
    });
  return { mentions, mentioned: mentions.map(({ text }) => text).join(', ') };
};
