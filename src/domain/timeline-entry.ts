import type { TicketEvent } from './events.ts';
import type { Attachment, Instant, TeamId } from './values.ts';

/** An event as people read it: HubSpot's engagement kinds, each with its author and who may see it. */
export interface TimelineEntry {
  readonly rev: number;
  readonly at: Instant;
  readonly kind: 'note' | 'email' | 'call' | 'meeting' | 'task' | 'system';
  readonly direction?: 'in' | 'out';
  readonly visibility: 'internal' | 'customer';
  readonly author: string;
  /** In whose place the author acted. */
  readonly actingFor?: string;
  readonly event: TicketEvent['type'];
  readonly text?: string;
  readonly bodySha256?: string;
  readonly attachments: readonly Attachment[];
  readonly unverified?: true;
  /** Whom or what it was about: a person, a number, a priority; a team is named by its id. */
  readonly about?: string;
  readonly teamId?: TeamId;
  /** The envelope it belongs to. */
  readonly envelope?: number;
}

/** What an event tells beside when, who and which it was. */
export type Told = Pick<TimelineEntry, 'kind' | 'visibility'> & Partial<TimelineEntry>;

export const SYSTEM = { kind: 'system', visibility: 'internal' } as const;
export const SENT = { kind: 'email', direction: 'out', visibility: 'customer' } as const;

export const textOf = ({ text }: { readonly text?: string }): { text?: string } => (text === undefined ? {} : { text });
