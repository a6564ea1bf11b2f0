import { createServer } from 'node:http';
import { throughput } from './measure.ts';

/** The other side of the bot, in a process of its own: the Teams connector that takes replies, and 16 people at once. */
export interface Load {
  readonly url: string;
  readonly activities: readonly object[];
}

const connector = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end('{"id":"1","activityId":"1"}');
  });
});
connector.listen(0, '127.0.0.1', () => {
  const address = connector.address();
  process.send?.({ connector: typeof address === 'object' && address ? address.port : 0 });
});

const post = async (url: string, activity: object): Promise<void> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
  });
  await response.arrayBuffer();
  if (response.status !== 200) throw new TypeError(`the bot answered ${response.status}`);
};

process.on('message', (load: Load) => {
  void throughput(load.activities, 16, (activity) => post(load.url, activity)).then(
    (rate) => process.send?.({ rate }),
    (fault: unknown) => process.send?.({ fault: String(fault) }),
  );
});
