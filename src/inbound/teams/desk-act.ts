import type { AlertDesk } from '../../application/alert-desk.ts';
import type { BulkService } from '../../application/bulk-service.ts';
import type { CoverService } from '../../application/cover-service.ts';
import type { JobOrders } from '../../application/job-orders.ts';
import type { LeaverService } from '../../application/leaver-service.ts';
import type { Identity } from '../../application/ports/identity.ts';
import type { Job } from '../../application/ports/jobs.ts';
import type { MatrixService } from '../../application/matrix-service.ts';
import type { TicketService } from '../../application/ticket-service.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { Person } from '../../domain/roster.ts';
import type { PersonId } from '../../domain/values.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { jobCard } from '../../views/job-card.ts';
import { asTicketId, type CardAction, textOf } from './activity.ts';
import { type CardParts, readerOf, refusalText } from './cards.ts';
import { idIn } from './tap.ts';

export interface DeskActParts extends CardParts {
  readonly bulk: BulkService;
  readonly jobs: JobOrders;
  readonly covers: CoverService;
  readonly leavers: LeaverService;
  readonly service: Pick<TicketService, 'act'>;
  readonly identity: Pick<Identity, 'sha256'>;
  readonly alertDesk: Pick<AlertDesk, 'seen'>;
  readonly matrix: MatrixService;
  /** The rules of alerts as the configuration has them now. */
  readonly readRules: () => Parameters<MatrixService['reload']>[0];
}

export interface Tapped {
  readonly person: Person;
  readonly action: CardAction;
  readonly key: string;
}

export type Answer = { readonly card: AdaptiveCard } | { readonly text: string };
export type DeskAct = (parts: DeskActParts, tapped: Tapped) => Promise<Answer>;

export const said = (refusal: Refusal, person: Person): Answer => ({ text: refusalText(refusal, person) });

export const jobShown = (parts: DeskActParts, job: Job, person: Person): Answer => ({
  card: jobCard({ ...parts.queries.jobStory(job), reader: readerOf(parts, person) }),
});

/** The ticket whose card was tapped; a form that stands for none has none. */
export const storyIn = async ({ queries }: DeskActParts, { data }: CardAction) => {
  const id = asTicketId(textOf(data, 'ticketId'));
  return id && queries.ticket(id);
};

/** Whoever a form names, chosen or typed; an unknown name stays unknown to the roster. */
export const namedIn = ({ directory }: DeskActParts, { data }: CardAction, field: string): PersonId =>
  idIn(directory, { id: textOf(data, `${field}Id`), name: textOf(data, `${field}Name`) });
