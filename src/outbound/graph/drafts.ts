import { z } from 'zod';
import { GraphError } from '../../application/errors.ts';
import type { MailAddress } from '../../domain/values.ts';
import { mailboxPath, messagePath, type GraphClient } from './graph-client.ts';
import { shaped } from './graph-failure.ts';

/** One mail on its way out, wherever it lies. */
export interface OutgoingMail {
  readonly id: string;
  readonly isDraft: boolean;
}

export interface DraftRef {
  readonly mailbox: MailAddress;
  readonly id: string;
}

export interface NewDraft {
  /** Our own Message-ID: by it the mail is found again, whatever was lost in between. */
  readonly internetMessageId: string;
  /** The message in the mailbox that is answered. */
  readonly answers: string | undefined;
  /** Names begin with x-; Graph takes no others. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

const MESSAGE = z.object({ id: z.string(), isDraft: z.boolean() });
const FOUND = z.object({ value: z.array(MESSAGE) });
const CREATED = z.object({ id: z.string() });

const failedWith = (cause: unknown, status: number): boolean => cause instanceof GraphError && cause.status === status;

/** The mails with this Message-ID in the mailbox; sent ones first. */
export const findOutgoing = async (
  client: GraphClient,
  mailbox: MailAddress,
  internetMessageId: string,
): Promise<OutgoingMail | undefined> => {
  const query = { $filter: `internetMessageId eq '${internetMessageId.replaceAll("'", "''")}'`, $select: 'id,isDraft' };
  const all: OutgoingMail[] = [];
  for (const folder of ['', '/mailFolders/sentitems']) {
    const answer = await client.get(`${mailboxPath(mailbox)}${folder}/messages`, { query });
    all.push(...shaped(FOUND, answer).value);
  }
  return all.find((each) => !each.isDraft) ?? all[0];
};

/** A reply in the thread; a mail of its own when what it answers is gone. */
const createdWith = async (
  client: GraphClient,
  mailbox: MailAddress,
  draft: { answers: string | undefined; message: object },
) => {
  const { answers, message } = draft;
  if (answers !== undefined) {
    try {
      return await client.post(`${messagePath(mailbox, answers)}/createReply`, { message });
    } catch (cause) {
      if (!failedWith(cause, 404)) throw cause;
    }
  }
  return client.post(`${mailboxPath(mailbox)}/messages`, message);
};

/**
 * A new draft that carries our Message-ID from its first moment, so that none is forgotten when the answer is lost. Whether
 * Graph takes a Message-ID here is not written anywhere: after a definite no it is set with the rest of the mail.
 */
export const createDraft = async (client: GraphClient, mailbox: MailAddress, wish: NewDraft): Promise<OutgoingMail> => {
  const { answers, internetMessageId, headers: internetMessageHeaders } = wish;
  const attempt = async (message: object): Promise<OutgoingMail> => ({
    ...shaped(CREATED, await createdWith(client, mailbox, { answers, message })),
    isDraft: true,
  });
  try {
    return await attempt({ internetMessageId, internetMessageHeaders });
  } catch (cause) {
    if (!failedWith(cause, 400)) throw cause;
    return attempt({ internetMessageHeaders });
  }
};

/** Whether the mail still waits to be sent. */
export const isStillDraft = async (client: GraphClient, { mailbox, id }: DraftRef): Promise<boolean> =>
  shaped(MESSAGE, await client.get(messagePath(mailbox, id), { query: { $select: 'id,isDraft' } })).isDraft;
