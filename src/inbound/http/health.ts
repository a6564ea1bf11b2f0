import type { Route } from './server.ts';

/**
 * `/health/live`: the process answers. `/health/ready`: its database answers, too; without it nothing can be kept. And somebody
 * watches the clocks of the tickets, this process or another; `sweeper-silent` says that nobody does.
 */
export const healthRoutes = (
  ready: () => Promise<boolean>,
  sweeperIsSilent: () => Promise<boolean> = () => Promise.resolve(false),
): readonly Route[] => [
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
      const status = await statusOf(ready, sweeperIsSilent);
      response.status(status === 'ready' ? 200 : 503);
      response.send({ status });
    },
  },
];

const statusOf = async (
  ready: () => Promise<boolean>,
  sweeperIsSilent: () => Promise<boolean>,
): Promise<'ready' | 'unavailable' | 'sweeper-silent'> => {
  if (!(await ready())) return 'unavailable';
  try {
    return (await sweeperIsSilent()) ? 'sweeper-silent' : 'ready';
  } catch {
    return 'unavailable';
  }
};
