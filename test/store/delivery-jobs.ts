import type { DeliveryJob } from '../../src/application/ports/deliveries.ts';
import type { CustomerMail } from '../../src/domain/customer-view.ts';
import { mailAddress, personId, type TicketId, ticketNumber } from '../../src/domain/values.ts';
import { deskMailbox, service } from '../support/deeds.ts';
import { after, minutes, monday } from '../support/given.ts';

/** The ticket a send belongs to; an internal mail and a card for one person may stand for none. */
export const ticketOf = (job: DeliveryJob): TicketId | undefined => {
  if (job.channel === 'mail') return job.mail.ticketId as TicketId;
  return job.channel === 'internal-mail' || job.kind === 'person-card' ? undefined : job.ticketId;
};

/** What the desk sends, as jobs; moments are minutes after Monday, nine o'clock. */
export const mailOf = (ticketId: TicketId, rev: number, text = 'Pull the plug.'): DeliveryJob => {
  const to = { name: 'Carla', address: mailAddress('carla@customer.example') };
  const mail: CustomerMail = {
    kind: 'answer',
    ticketId,
    rev,
    number: ticketNumber('INC-1'),
    subject: 's',
    to,
    thread: { mailbox: deskMailbox },
    language: 'en',
    text,
  };
  return { channel: 'mail', mail };
};
export const internalMailOf = (id: string, { text = 'Going stale.', to = 'ana' } = {}): DeliveryJob => ({
  channel: 'internal-mail',
  mail: {
    id,
    from: deskMailbox,
    to: { name: to, address: mailAddress(`${to}@desk.example`) },
    language: 'en',
    subject: 's',
    lines: [text],
  },
});
export const cardOf = (ticketId: TicketId, rev: number): DeliveryJob => ({
  channel: 'teams',
  kind: 'card',
  slot: 'team',
  teamId: service,
  ticketId,
  rev,
});
export const noticeOf = (ticketId: TicketId, rev: number, to = 'ana'): DeliveryJob => ({
  channel: 'teams',
  kind: 'notice',
  to: personId(to),
  reason: 'customer-wrote',
  ticketId,
  rev,
});
export const deadLetterOf = (ticketId: TicketId, failed: string): DeliveryJob => ({
  channel: 'teams',
  kind: 'dead-letter',
  failed,
  reason: '403',
  ticketId,
  rev: 1,
});
/** A card that stands for no ticket. */
export const personCardOf = (
  card: 'cover-return' | 'job',
  subject: string,
  { rev = 1, to = 'ana' }: { rev?: number; to?: string } = {},
): DeliveryJob => ({ channel: 'teams', kind: 'person-card', to: personId(to), card, subject, rev });
export const at = (minute: number): typeof monday => after(monday, minutes(minute));
