import os from 'node:os';
import path from 'node:path';
import { loopbackCa } from '../../src/local/ca.ts';
import { openGraphStandIn } from '../../src/local/graph/open-graph-stand-in.ts';

/** The mail service in a process of its own, with that many mails in the support mailbox; tells where it is. */
const count = Number(process.argv[2] ?? 200);
const ca = await loopbackCa(path.join(os.tmpdir(), 'desk-bench-ca'));
const graph = await openGraphStandIn({
  mailboxes: [{ address: 'support@desk.example', name: 'Support' }],
  tenantId: 'b0000000-0000-4000-8000-000000000001',
  clients: [{ clientId: 'b0000000-0000-4000-8000-000000000002', clientSecret: 'only-for-the-bench' }],
  httpsPort: 0,
  smtpPort: 0,
  ca,
});
for (let n = 0; n < count; n += 1) {
  const mail = [
    'From: Carla Costa <carla@customer.example>',
    'To: support@desk.example',
    `Subject: The printer ${n} is on strike`,
    `Message-ID: <https-${n}@customer.example>`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hello,',
    'the printer says "tray 2 is empty", but it is full. What can I do?',
    'Carla',
  ].join('\r\n');
  await graph.deliver(mail, { to: 'support@desk.example' });
}
await graph.idle();
process.send?.({ url: graph.url, ca: ca.certPem });
