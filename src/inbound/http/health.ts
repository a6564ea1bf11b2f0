import type { Route } from './server.ts';

/** `/health/live`: the process answers. `/health/ready`: its database answers, too; without it nothing can be kept. */
export const healthRoutes = (ready: () => Promise<boolean>): readonly Route[] => [
  {
    method: 'get',
    path: '/health/live',
    handle: async (_request, response) => {
      await Promise.resolve(response.send({ status: 'live' }));
    },
  },
  {
    method: 'get',
    path: '/health/ready',
    handle: async (_request, response) => {
      const isReady = await ready();
      response.status(isReady ? 200 : 503);
      response.send({ status: isReady ? 'ready' : 'unavailable' });
    },
  },
];
