import { setTimeout as after } from 'node:timers/promises';
import type { LocalTenant } from '../../src/local/tenant.ts';
import type { Chance } from './chance.ts';

/** Which work the kill shall hit: mails coming in, or mails and cards going out. */
export type Moment = 'ingest' | 'sending';

/** Slow answers widen the moments in which a kill hurts; answers lost after the work make outcomes unknown. */
export const armTroubles = ({ graph, mirror }: LocalTenant, chance: Chance): void => {
  const slow = (match: string): void => {
    graph.fault({ match, kind: 'slow', delayMs: 80 + chance.below(400), times: 2 });
  };
  slow('POST *send');
  if (chance.happens(60)) slow('GET *delta*');
  if (chance.happens(40)) slow('POST *createReply');
  if (chance.happens(35)) graph.fault({ match: 'POST *send', kind: 'afterWork' });
  if (chance.happens(15)) graph.fault({ match: 'POST *send', kind: 'resetAfterWork' });
  if (chance.happens(25)) graph.fault({ match: 'POST *createReply', kind: 'afterWork' });
  if (chance.happens(20)) graph.fault({ match: 'GET *delta*', kind: 'status' });
  if (chance.happens(30)) graph.fault({ match: 'NOTIFY *', kind: 'dropped' });
  if (chance.happens(30)) graph.fault({ match: 'NOTIFY *', kind: 'duplicated' });
  if (chance.happens(8)) graph.forgetDeltaTokens();
  if (chance.happens(30)) mirror.fault({ match: '^(POST|PUT) /v3/conversations', status: 429, retryAfter: 1 });
};

const LONGEST_WAIT_MS = 2_500;

const grown = async (count: () => number): Promise<void> => {
  const before = count();
  for (const until = Date.now() + LONGEST_WAIT_MS; count() === before && Date.now() < until;) await after(5);
};

export interface Gauges {
  /** Mails the desk has in its inbox. */
  readonly found: () => number;
  /** Mails the desk has sent. */
  readonly sent: () => number;
  readonly chance: Chance;
}

/** Resolves at a moment in the middle of that work, never the same twice; now and then at any moment at all. */
export const theMoment = async (moment: Moment, { found, sent, chance }: Gauges): Promise<void> => {
  const blind = chance.happens(25);
  if (!blind) await grown(moment === 'sending' ? sent : found);
  await after(chance.below(blind ? 1_200 : moment === 'sending' ? 500 : 150));
};
