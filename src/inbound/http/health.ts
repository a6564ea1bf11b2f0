import type { Route } from './server.ts';

/** `/health/live`: the process answers. `/health/ready`: it also listens to mail and Teams. */
export const healthRoutes = (ready: () => boolean): readonly Route[] => [
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
      response.status(ready() ? 200 : 503);
      await Promise.resolve(response.send({ status: ready() ? 'ready' : 'starting' }));
    },
  },
];
