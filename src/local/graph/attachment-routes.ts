import { attachmentOf, ATTACHMENT } from './attachment-fields.ts';
import { badRequest, itemNotFound } from './failure.ts';
import type { MailAttachment } from './mail-item.ts';
import type { MailStore } from './mail-store.ts';
import { attachmentJson } from './message-json.ts';
import { itemNamed } from './message-routes.ts';
import { readJson } from './read-json.ts';
import { mailboxRoute, type MailboxCall, type Route } from './router.ts';

const named = ({ mailbox, param }: MailboxCall): MailAttachment => {
  const found = itemNamed(mailbox, param('id')).attachments.find((one) => one.id === param('attachment'));
  if (found) return found;
  throw itemNotFound();
};

export const attachmentRoutes = (store: MailStore): readonly Route[] => {
  const on = mailboxRoute(store);
  return [
    on('GET', '/messages/:id/attachments', (call) => {
      const item = itemNamed(call.mailbox, call.param('id'));
      const select = call.query.get('$select')?.split(',');
      const chosen = (json: Readonly<Record<string, unknown>>) =>
        Object.fromEntries(
          Object.entries(json).filter(
            ([name]) => !select || name === '@odata.type' || name === 'id' || select.includes(name),
          ),
        );
      return { status: 200, json: { value: item.attachments.map((one) => chosen(attachmentJson(one, item))) } };
    }),
    on('POST', '/messages/:id/attachments', (call) => {
      const item = itemNamed(call.mailbox, call.param('id'));
      if (!item.isDraft) throw badRequest('Only a draft takes attachments.', 'ErrorInvalidPropertySet');
      const added = attachmentOf(readJson(call, ATTACHMENT));
      store.change(call.mailbox, item, { attachments: [...item.attachments, added] });
      return { status: 201, json: attachmentJson(added, item) };
    }),
    on('GET', '/messages/:id/attachments/:attachment', (call) => ({
      status: 200,
      json: attachmentJson(named(call), itemNamed(call.mailbox, call.param('id'))),
    })),
    on('GET', '/messages/:id/attachments/:attachment/$value', (call) => {
      const { content, contentType } = named(call);
      return { status: 200, bytes: content, headers: { 'content-type': contentType } };
    }),
    on('DELETE', '/messages/:id/attachments/:attachment', (call) => {
      const gone = named(call);
      const item = itemNamed(call.mailbox, call.param('id'));
      if (!item.isDraft) throw badRequest('Only a draft gives attachments back.', 'ErrorInvalidPropertySet');
      store.change(call.mailbox, item, { attachments: item.attachments.filter((one) => one !== gone) });
      return { status: 204 };
    }),
  ];
};
