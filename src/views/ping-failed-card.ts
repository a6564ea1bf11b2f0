import type { Ticket } from '../domain/ticket.ts';
import { type Instant, oneLine, type TeamId } from '../domain/values.ts';
import { topicText } from './alert-facts.ts';
import type { AlertTelling } from './alert-times.ts';
import { placeText, type ToldLine, triedText } from './alert-told.ts';
import { button, row, runs } from './elements.ts';
import type { AdaptiveCard } from './expand.ts';
import { plainCard } from './plain-card.ts';
import type { Reader } from './ticket-acts.ts';
import { ticketHead } from './ticket-head.ts';
import { wordsIn } from './words/language.ts';

export interface PingFailedCard {
  readonly ticket: Ticket;
  /** As it stands now: what was tried, and where it went. */
  readonly line: ToldLine;
  readonly reader: Reader;
  readonly now: Instant;
  readonly teamNameOf?: (id: TeamId) => string;
}

const NAME = 80;
const WHY = 200;
const MOST_TRIED = 5;

/** For the level above: who could not be told, why, and where the alert went instead. */
export const pingFailedCard = ({ ticket, line, reader, now, teamNameOf }: PingFailedCard): AdaptiveCard => {
  const words = wordsIn(reader.language);
  const telling: AlertTelling = { reader, words, teamNameOf: teamNameOf ?? ((id) => id), posted: now, names: NAME };
  const { pingFailed, alert } = words;
  const tried = (line.tried ?? []).slice(-MOST_TRIED);
  return plainCard({
    title: pingFailed.title(oneLine(line.recipient.name, NAME) || '?', alert.atLevel(line.number, line.level)),
    note: '',
    items: [
      ...ticketHead(ticket, words),
      runs({ text: topicText(line, telling) }),
      row({
        lines: [
          ...tried.map((each) => [{ text: triedText(each, telling, WHY) }]),
          [
            {
              text: line.state === 'failed' ? pingFailed.nobody : pingFailed.wentTo(placeText(line.address, telling)),
              weight: 'Bolder',
            },
          ],
        ],
      }),
    ],
    actions: [
      button({ title: alert.open, verb: 'alert-open', data: { ticketId: line.ticketId, episode: line.episode } }),
    ],
  });
};
