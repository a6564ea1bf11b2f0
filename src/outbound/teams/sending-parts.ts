import type { AlertLedger } from '../../application/ports/alert-ledger.ts';
import type { Deliveries } from '../../application/ports/deliveries.ts';
import type { DrawingParts } from './channel-cards.ts';
import type { PostingParts } from './posted-card.ts';

/** Everything that is needed to draw, to post, and to keep account of whom an alert has reached. */
export interface SendingParts extends DrawingParts, PostingParts {
  readonly alerts: AlertLedger;
  readonly deliveries: Pick<Deliveries, 'enqueue'>;
}
