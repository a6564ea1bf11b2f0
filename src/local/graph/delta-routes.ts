import { z } from 'zod';
import { GraphFailure } from './failure.ts';
import { folderNamed } from './folder-routes.ts';
import type { MailStore } from './mail-store.ts';
import type { FolderChange } from './mailbox.ts';
import { idOf, messageJson } from './message-json.ts';
import { parseFilter, parseSelect } from './message-query.ts';
import { mailboxRoute, type MailboxCall, type Reply, type Route } from './router.ts';

/**
 * Where a reader stands. It lies in the link itself, so the stand-in keeps nothing for it:
 * the change number it has read up to, the one the last round ended at, the one it began at, and its query.
 */
const STATE = z.strictObject({
  epoch: z.string(),
  folder: z.string(),
  after: z.int(),
  since: z.int(),
  born: z.int(),
  select: z.string().nullable(),
  filter: z.string().nullable(),
  createdOnly: z.boolean(),
});
type State = z.output<typeof STATE>;

const DEFAULT_PAGE = 10;

export const syncStateNotFound = (location: string): GraphFailure =>
  new GraphFailure(410, 'syncStateNotFound', {
    message: 'The sync state generation is not found; continue with a full synchronisation.',
    headers: { location },
  });

const encode = (state: State): string => Buffer.from(JSON.stringify(state)).toString('base64url');

const decode = (token: string): State | undefined => {
  try {
    return STATE.safeParse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined; // no token of ours
  }
};

/** Errors: 410 syncStateNotFound for a token of another folder, another life of the store, or nobody's. */
const stateOf = (call: MailboxCall, epoch: string): State => {
  const { query, mailbox, base, path } = call;
  const folder = `${mailbox.id}/${folderNamed(mailbox, call.param('folder'))}`;
  const token = query.get('$skiptoken') ?? query.get('$deltatoken');
  if (!token) {
    const [select, filter] = [query.get('$select'), query.get('$filter')];
    const createdOnly = query.get('changeType') === 'created';
    return { epoch, folder, after: 0, since: 0, born: mailbox.seq, select, filter, createdOnly };
  }
  const state = decode(token);
  if (state?.epoch === epoch && state.folder === folder) return state;
  throw syncStateNotFound(`${base}/v1.0${path}?$deltatoken=`);
};

const changeJson = (change: FolderChange, call: MailboxCall, select: readonly string[] | undefined) =>
  'item' in change
    ? messageJson(change.item, call.mailbox, { prefer: call.prefer, select })
    : { id: idOf(change.gone, call.prefer), '@removed': { reason: 'deleted' } };

const page = (call: MailboxCall, store: MailStore): Reply => {
  const { mailbox, base, path, prefer } = call;
  const state = stateOf(call, store.epoch);
  const wanted = parseFilter(state.filter);
  const folder = folderNamed(mailbox, call.param('folder'));
  const waiting = mailbox.changes(folder, state.after, state.born).filter((change) => {
    if (!('item' in change)) return !state.createdOnly;
    return wanted(change.item) && !(state.createdOnly && change.item.folderSeq <= state.since);
  });
  const size = prefer.pageSize ?? DEFAULT_PAGE;
  const shown = waiting.slice(0, size);
  const more = waiting.length > shown.length;
  const after = more ? (shown.at(-1)?.seq ?? state.after) : mailbox.seq;
  const link = `${base}/v1.0${path}?${more ? '$skiptoken' : '$deltatoken'}=${encode({ ...state, after, since: more ? state.since : after })}`;
  return {
    status: 200,
    json: {
      '@odata.context': `${base}/v1.0/$metadata#Collection(message)`,
      value: shown.map((change) => changeJson(change, call, parseSelect(state.select))),
      [more ? '@odata.nextLink' : '@odata.deltaLink']: link,
    },
  };
};

/** What changed in a folder since the link was given; without a token everything that is there. */
export const deltaRoutes = (store: MailStore): readonly Route[] => [
  mailboxRoute(store)('GET', '/mailFolders/:folder/messages/delta', (call) => page(call, store)),
];
