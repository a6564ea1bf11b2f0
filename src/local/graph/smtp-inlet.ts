import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { MailStore } from './mail-store.ts';
import type { Transport } from './transport.ts';

const MAX_BYTES = 25 * 1024 * 1024;

/** A refusal in SMTP's terms: 5xx is for good, 4xx asks to come again. */
class SmtpRefusal extends Error {
  override name = 'SmtpRefusal' as const;
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

/** Reads the whole stream, also past the limit (the other side must finish speaking), but keeps no more than that. */
const collect = async (stream: SMTPServerDataStream): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BYTES) throw new SmtpRefusal(552, 'Message exceeds the limit of 25 MB');
  return Buffer.concat(chunks);
};

export interface SmtpInlet {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Plain SMTP on loopback: any mail to a mailbox of the tenant is accepted, with 250 only after it is kept.
 * 550 for a mailbox nobody has, 552 above 25 MB.
 */
export const openSmtpInlet = async (
  port: number,
  parts: { store: MailStore; transport: Transport },
): Promise<SmtpInlet> => {
  const receive = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> => {
    const raw = await collect(stream);
    const { mailFrom, rcptTo } = session.envelope;
    const to = new Set(rcptTo.flatMap(({ address }) => parts.store.mailbox(address) ?? []));
    const from = mailFrom ? mailFrom.address : '';
    await parts.transport.deliver(raw, { to: [...to], from, authentication: 'pass' });
  };
  const server = new SMTPServer({
    name: 'localhost',
    banner: 'ITIL-NEXT local mail',
    size: MAX_BYTES,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1000,
    onRcptTo: ({ address }, _session, callback) =>
      callback(
        parts.store.mailbox(address) ? null : new SmtpRefusal(550, `No mailbox here has the address ${address}`),
      ),
    onData: (stream, session, callback) => {
      receive(stream, session).then(
        () => callback(),
        (cause: unknown) => callback(cause instanceof Error ? cause : new SmtpRefusal(451, String(cause))),
      );
    },
  });
  server.on('error', (cause) => console.warn(`SMTP: ${cause.message}`)); // a client that hangs up is no reason to stop
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
