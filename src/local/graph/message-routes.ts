import { z } from 'zod';
import { itemNotFound } from './failure.ts';
import { folderNamed } from './folder-routes.ts';
import type { FolderName, MailItem } from './mail-item.ts';
import type { MailStore } from './mail-store.ts';
import type { Mailbox } from './mailbox.ts';
import { messageJson } from './message-json.ts';
import { parseFilter, parseOrder, parsePage, parseSelect } from './message-query.ts';
import { readJson } from './read-json.ts';
import { mailboxRoute, type MailboxCall, type Reply, type Route } from './router.ts';
import { writeMime } from './write-mime.ts';

/** By either kind of id. Errors: 404 ErrorItemNotFound. */
export const itemNamed = (mailbox: Mailbox, id: string): MailItem => {
  const item = mailbox.find(id);
  if (item) return item;
  throw itemNotFound();
};

export const messageReply = (call: MailboxCall, item: MailItem, status = 200): Reply => ({
  status,
  json: {
    '@odata.context': `${call.base}/v1.0/$metadata#users('${call.mailbox.id}')/messages/$entity`,
    ...messageJson(item, call.mailbox, { prefer: call.prefer, select: parseSelect(call.query.get('$select')) }),
  },
});

const list = (call: MailboxCall, folder: FolderName | undefined): Reply => {
  const { mailbox, query, prefer, base, path } = call;
  const select = parseSelect(query.get('$select'));
  const fitting = mailbox
    .items(folder)
    .filter(parseFilter(query.get('$filter')))
    .sort(parseOrder(query.get('$orderby')));
  const { top, skip } = parsePage(query);
  const page = fitting.slice(skip, skip + top);
  const next = new URLSearchParams(query);
  next.set('$skip', String(skip + page.length));
  const more = page.length > 0 && skip + page.length < fitting.length;
  return {
    status: 200,
    json: {
      '@odata.context': `${base}/v1.0/$metadata#users('${mailbox.id}')/messages`,
      ...(query.get('$count') === 'true' ? { '@odata.count': fitting.length } : {}),
      value: page.map((item) => messageJson(item, mailbox, { prefer, select })),
      ...(more ? { '@odata.nextLink': `${base}/v1.0${path}?${next.toString()}` } : {}),
    },
  };
};

const mime = async ({ mailbox, param }: MailboxCall): Promise<Reply> => {
  const item = itemNamed(mailbox, param('id'));
  return { status: 200, bytes: item.raw ?? (await writeMime(item)), headers: { 'content-type': 'text/plain' } };
};

const DESTINATION = z.strictObject({ destinationId: z.string() });

/** Reading, moving and deleting messages, in the whole mailbox and in one folder. */
export const messageRoutes = (store: MailStore): readonly Route[] => {
  const on = mailboxRoute(store);
  const both = (method: string, path: string, handle: (call: MailboxCall) => Reply | Promise<Reply>): Route[] =>
    ['/messages', '/mailFolders/:folder/messages'].map((where) => on(method, where + path, handle));
  return [
    on('GET', '/messages', (call) => list(call, undefined)),
    on('GET', '/mailFolders/:folder/messages', (call) => list(call, folderNamed(call.mailbox, call.param('folder')))),
    ...both('GET', '/:id', (call) => messageReply(call, itemNamed(call.mailbox, call.param('id')))),
    ...both('GET', '/:id/$value', mime),
    ...both('POST', '/:id/move', (call) => {
      const { destinationId } = readJson(call, DESTINATION);
      const folder = folderNamed(call.mailbox, destinationId);
      return messageReply(call, store.move(call.mailbox, itemNamed(call.mailbox, call.param('id')), { folder }), 201);
    }),
    ...both('DELETE', '/:id', ({ mailbox, param }) => {
      store.remove(mailbox, itemNamed(mailbox, param('id')));
      return { status: 204 };
    }),
  ];
};
