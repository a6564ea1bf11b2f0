import type { Person } from '../../domain/roster.ts';
import { helpCard } from '../../views/desk-cards.ts';
import { explainCard } from '../../views/explain-card.ts';
import { ledgerCard } from '../../views/ledger-card.ts';
import { deskOverview } from './alert-acts.ts';
import type { ActionAnswer, ActionParts } from './card-actions.ts';
import { readerOf, teamNamesIn, wordsOf } from './cards.ts';
import { matrixShown, matrixReloaded } from './matrix-acts.ts';

interface Asked {
  readonly person: Person;
  readonly rest: string;
  readonly key: string;
}

type Command = (parts: ActionParts, asked: Asked) => Promise<readonly ActionAnswer[]>;

const tickets =
  (draw: typeof explainCard | typeof ledgerCard): Command =>
  async (parts, { person, rest }) => {
    const [number = ''] = rest.split(' ');
    if (number === '') return [{ card: helpCard(person.language) }];
    const story = await parts.queries.byNumber(number);
    const alerts = story && (await parts.queries.alertsOf(story.ticket.id));
    if (!alerts) return [{ text: wordsOf(person).unknownNumber(number.slice(0, 30)) }];
    return [
      {
        card: draw({ alerts, reader: readerOf(parts, person), now: parts.clock.now(), teamNameOf: teamNamesIn(parts) }),
      },
    ];
  };

/** `explain INC-7`: why somebody was told, who is next and when, and what stops it. */
export const explain: Command = tickets(explainCard);

/** `alerts INC-7`: what became of each message. */
export const alerts: Command = tickets(ledgerCard);

const tap = ({ person, key }: Asked, verb: string) => ({ person, key, action: { verb, data: {} } });

/** For those who lead. */
export const overview: Command = async (parts, asked) => [await deskOverview(parts, tap(asked, 'desk'))];

export const matrix: Command = async (parts, asked) => [await matrixShown(parts, tap(asked, 'matrix'))];

export const reload: Command = async (parts, asked) => [await matrixReloaded(parts, tap(asked, 'matrix-reload'))];
