import { setTimeout as after } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { CUSTOMERS } from '../../src/local/cast.ts';
import type { GraphStandIn } from '../../src/local/graph/open-graph-stand-in.ts';
import type { MessageIds } from '../../src/application/ports/message-ids.ts';
import type { Chance } from './chance.ts';
import type { Ledger } from './ledger.ts';

export interface CustomersParts {
  readonly graph: GraphStandIn;
  readonly messageIds: Pick<MessageIds, 'ticketOf'>;
  /** The desk's mailboxes. */
  readonly mailboxes: readonly string[];
  readonly ledger: Ledger;
  readonly chance: Chance;
}

export interface Customers {
  /** Writes `count` mails, some of them answers to ours; returns when SMTP has taken all. It takes them while the desk is dead, too. */
  write(count: number): Promise<void>;
  close(): void;
}

interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly inReplyTo?: string;
  readonly answers?: string;
}

/** Customers who write by SMTP, and answer what the desk wrote to them. */
export const openCustomers = (parts: CustomersParts): Customers => {
  const { graph, ledger, chance } = parts;
  const smtp = nodemailer.createTransport({ host: '127.0.0.1', port: graph.smtpPort, ignoreTLS: true, pool: true });
  let written = 0;
  const letterOf = (address: string): Letter => {
    const ours = chance.pick(graph.mailbox(address)?.messages('inbox').slice(-12) ?? []);
    const ticketId = ours && parts.messageIds.ticketOf(ours.internetMessageId);
    if (ours?.from && ticketId !== undefined && chance.happens(40))
      return {
        to: ours.from.address,
        subject: `Re: ${ours.subject}`,
        inReplyTo: ours.internetMessageId,
        answers: ticketId,
      };
    return { to: chance.pick(parts.mailboxes) ?? '', subject: `The lamp on floor ${written} is dark` };
  };
  const writeOne = async (): Promise<void> => {
    const from = chance.pick(CUSTOMERS) ?? CUSTOMERS[0];
    const { answers, ...letter } = letterOf(from.address);
    written += 1;
    const text = `It happened again, for the ${written}. time: please come and look at it.`;
    const { messageId } = await smtp.sendMail({ from: { ...from }, ...letter, text });
    ledger.mails.push({ messageId, ...(answers === undefined ? {} : { answers }) });
  };
  return {
    write: async (count) => {
      for (let left = count; left > 0; left -= 1) {
        await writeOne();
        await after(chance.below(60));
      }
    },
    close: () => smtp.close(),
  };
};
