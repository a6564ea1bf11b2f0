import type { Ticket } from '../domain/ticket.ts';
import { type Instant, oneLine, type TeamId } from '../domain/values.ts';
import { topicText } from './alert-facts.ts';
import { type AlertTelling, timeOf } from './alert-times.ts';
import { placeText, type ToldLine, triedText } from './alert-told.ts';
import { button, type Element, row, type Run } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { fitted } from './fit.ts';
import { plainCard } from './plain-card.ts';
import { when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { ticketHead } from './ticket-head.ts';
import { wordsIn } from './words/language.ts';
import type { Words } from './words/words.ts';

export interface LedgerCard {
  /** Lines newest first. */
  readonly alerts: { readonly ticket: Ticket; readonly lines: readonly ToldLine[] };
  readonly reader: Reader;
  readonly now: Instant;
  readonly teamNameOf?: (id: TeamId) => string;
}

interface Detail {
  readonly rows: number;
  readonly names: number;
  readonly why: number;
}

const DETAILS: readonly [Detail, ...Detail[]] = [
  { rows: 20, names: 60, why: 100 },
  { rows: 20, names: 30, why: 30 },
  { rows: 12, names: 15, why: 15 },
];
const MOST_TRIED = 3;

/** What became of each message: decided, sent, delivered, seen and acted on, as far as anybody knows. */
export const ledgerCard = ({ alerts, reader, now, teamNameOf }: LedgerCard): AdaptiveCard => {
  const words = wordsIn(reader.language);
  const { ticket, lines } = alerts;
  return fitted(DETAILS, ({ rows, names, why }) => {
    const telling: AlertTelling = { reader, words, teamNameOf: teamNameOf ?? ((id) => id), posted: now, names };
    const more = lines.length - rows;
    return plainCard({
      title: words.told.title(ticket.number),
      note: lines.length === 0 ? words.told.empty : '',
      items: [
        ...ticketHead(ticket, words),
        ...lines.slice(0, rows).map((line) => lineRow(line, telling, why)),
        ...(more > 0 ? [row({ lines: [[{ text: words.tell.more(more), isSubtle: true }]] })] : []),
      ],
      actions: [button({ title: words.alert.open, verb: 'open', data: { ticketId: ticket.id } })],
    });
  });
};

const lineRow = (line: ToldLine, telling: AlertTelling, why: number): Element => {
  const { words, names } = telling;
  const { alert, told } = words;
  const small = { size: 'Small' } as const;
  const what = alert.atLevel(topicText(line, telling), line.level);
  return row({
    lines: [
      [
        { text: oneLine(line.recipient.name, names) || '?', weight: 'Bolder' },
        { text: ` · ${alert.because[line.recipient.because]} · ${placeText(line.address, telling)}` },
        { text: ` · ${stateText(line, telling)}`, ...colorOf(line) },
      ],
      [{ text: `${what}${line.repeat > 0 ? ` · ${told.repeat} ${line.repeat}` : ''}`, ...small }],
      [{ text: timesText(line, telling), isSubtle: true, ...small }],
      ...(line.tried ?? []).slice(-MOST_TRIED).map((each) => [{ text: triedText(each, telling, why), ...small }]),
    ],
  });
};

const STATES = {
  intended: 'intended',
  held: 'heldState',
  digest: 'digest',
  'rolled-up': 'rolledUp',
  sent: 'sent',
  accepted: 'accepted',
  spared: 'spared',
  failed: 'failed',
} as const satisfies Readonly<Record<ToldLine['state'], keyof Words['told']>>;

const stateText = ({ state, heldUntil }: ToldLine, telling: AlertTelling): string => {
  const { told } = telling.words;
  return state === 'held' && heldUntil !== undefined ? told.held(timeOf(heldUntil, telling)) : told[STATES[state]];
};

const colorOf = ({ state }: ToldLine): Pick<Run, 'color'> =>
  state === 'failed' ? { color: 'Attention' } : state === 'accepted' ? { color: 'Good' } : {};

/** Whether it was seen nobody knows without a receipt or an act; that is said, where it was shown at all. */
const timesText = (line: ToldLine, telling: AlertTelling): string => {
  const { told } = telling.words;
  const { sentAt, acceptedAt, seenAt, actedAt } = line;
  const time = (at: Instant): string => timeOf(at, telling);
  const seen = seenAt === undefined ? told.unknown : time(seenAt);
  return [
    `${told.intended} ${when(line.at, telling.reader)}`,
    ...(sentAt === undefined ? [] : [`${told.sent} ${time(sentAt)}`]),
    ...(acceptedAt === undefined ? [] : [`${told.accepted} ${time(acceptedAt)}`]),
    ...(sentAt === undefined && seenAt === undefined ? [] : [`${told.seen}: ${seen}`]),
    ...(actedAt === undefined ? [] : [`${told.acted} ${time(actedAt)}`]),
  ].join(' · ');
};
