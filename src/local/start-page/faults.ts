import type { LocalTenant } from '../tenant.ts';
import type { FaultName } from './words.ts';

/** As good as for ever, until it is cleared. */
const LASTING = 100_000;

/** What a visitor of the start page may let go wrong. */
export const FAULTS: Readonly<Record<FaultName, (tenant: Pick<LocalTenant, 'graph' | 'mirror' | 'people'>) => void>> = {
  'send-504': ({ graph }) => {
    graph.fault({ match: 'POST */send', kind: 'afterWork', status: 504, times: 3 });
  },
  'graph-429': ({ graph }) => {
    graph.fault({ match: '* /users/*', kind: 'status', status: 429, retryAfterS: 2, times: 5 });
  },
  notifications: ({ graph }) => {
    graph.fault({ match: 'NOTIFY *', kind: 'dropped', times: 10 });
  },
  'teams-429': ({ mirror }) => {
    mirror.fault({ match: '/v3/', status: 429, times: 5, retryAfter: 2 });
  },
  'teams-502': ({ mirror }) => {
    mirror.fault({ match: '/v3/', status: 502, times: 5 });
  },
  'anna-blocks': ({ mirror, people }) => {
    const [anna] = people;
    const match = `/v3/conversations/personal:${anna?.id ?? ''}/`;
    mirror.fault({ match, status: 403, code: 'ConversationBlockedByUser', times: LASTING });
  },
};
