import { badRequest } from './failure.ts';
import { FOLDERS, type FolderName } from './mail-item.ts';
import type { MailStore } from './mail-store.ts';
import type { Mailbox } from './mailbox.ts';
import { folderId } from './message-json.ts';
import { mailboxRoute, type Route } from './router.ts';

const NAMES = Object.keys(FOLDERS) as readonly FolderName[];

/** A folder by its well-known name, in any case, or its id. Errors: 400 ErrorInvalidIdMalformed. */
export const folderNamed = (mailbox: Mailbox, nameOrId: string): FolderName => {
  const found = NAMES.find((name) => name === nameOrId.toLowerCase() || folderId(mailbox, name) === nameOrId);
  if (found) return found;
  throw badRequest('Id is malformed.', 'ErrorInvalidIdMalformed');
};

const folderJson = (mailbox: Mailbox, name: FolderName) => {
  const items = mailbox.items(name);
  return {
    id: folderId(mailbox, name),
    displayName: FOLDERS[name],
    parentFolderId: folderId(mailbox, 'msgfolderroot'),
    childFolderCount: 0,
    unreadItemCount: items.filter((item) => !item.isRead).length,
    totalItemCount: items.length,
    sizeInBytes: items.reduce((sum, item) => sum + (item.raw?.length ?? 0), 0),
    isHidden: false,
  };
};

/** The user behind a mailbox, and the mailbox's folders. */
export const folderRoutes = (store: MailStore): readonly Route[] => {
  const on = mailboxRoute(store);
  return [
    on('GET', '', ({ mailbox }) => {
      const { id, name, address } = mailbox;
      return { status: 200, json: { id, displayName: name, mail: address, userPrincipalName: address } };
    }),
    on('GET', '/mailFolders', ({ mailbox }) => ({
      status: 200,
      json: { value: NAMES.map((name) => folderJson(mailbox, name)) },
    })),
    on('GET', '/mailFolders/:folder', ({ mailbox, param }) => ({
      status: 200,
      json: folderJson(mailbox, folderNamed(mailbox, param('folder'))),
    })),
  ];
};
