import nodemailer from 'nodemailer';
import { FIRST_MAILS } from './cast.ts';
import type { GraphStandIn } from './graph/open-graph-stand-in.ts';

/** Each stands in its sender's Sent Items as well, so that the mailbox pages show the whole thread. */
export const sendFirstMails = async (graph: GraphStandIn, to: string): Promise<void> => {
  const writer = nodemailer.createTransport({ streamTransport: true, buffer: true });
  const smtp = nodemailer.createTransport({ host: '127.0.0.1', port: graph.smtpPort, ignoreTLS: true });
  for (const { from, subject, text } of FIRST_MAILS) {
    const raw = (await writer.sendMail({ from: { ...from }, to, subject, text })).message as Buffer;
    await smtp.sendMail({ envelope: { from: from.address, to }, raw });
    await graph.keepSent(from.address, raw);
  }
  smtp.close();
};
