import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import '../../src/inbound/http/server.ts';

test('a plain http server beside ours still answers with writeHead().end(): restify alone breaks that for the whole process', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(418, { 'x-kind': 'teapot' }).end('short and stout');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect([answer.status, answer.headers.get('x-kind'), await answer.text()]).toEqual([
    418,
    'teapot',
    'short and stout',
  ]);
  await new Promise((resolve) => server.close(resolve));
});
