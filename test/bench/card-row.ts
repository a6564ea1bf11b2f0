import template from '../../src/views/templates/ticket-card.json' with { type: 'json' };
import { readDeskConfig } from '../../src/desk-config.ts';
import { decide } from '../../src/domain/decide.ts';
import { outcomeOf } from '../../src/domain/decision.ts';
import { DEFAULT_MATRIX } from '../../src/domain/alert-rules.ts';
import { alwaysOpen } from '../../src/domain/calendar.ts';
import { fold } from '../../src/domain/evolve.ts';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { entryOf } from '../../src/domain/timeline.ts';
import {
  commandId,
  contactId,
  instantOf,
  mailAddress,
  teamId,
  ticketId,
  ticketNumber,
} from '../../src/domain/values.ts';
import { compile } from '../../src/views/expand.ts';
import { ticketCard, type TicketCard, ticketCardData } from '../../src/views/ticket-card.ts';
import { paired, type Row } from './measure.ts';

const sample = (): TicketCard | undefined => {
  const at = instantOf(Date.parse('2026-11-23T09:00:00Z'));
  const requester = { contactId: contactId('c'), name: 'Carla Costa', address: mailAddress('carla@customer.example') };
  const text = 'The printer says "tray 2 is empty", but it is full.\nWhat can I do?\nCarla';
  const opened = decide(
    undefined,
    {
      type: 'open',
      id: commandId('c'),
      at,
      by: { kind: 'customer', id: requester.contactId, name: requester.name },
      ticketId: ticketId('bench'),
      number: ticketNumber('INC-1'),
      ticketType: 'incident',
      subject: 'The printer is on strike',
      requester,
      teamId: teamId('service-desk'),
      channel: 'email',
      language: 'en',
      description: {
        text,
        attachments: [{ name: 'photo.jpg', size: 120_000, contentType: 'image/jpeg', sha256: 'a'.repeat(64) }],
      },
      acknowledge: true,
    },
    {
      policy: defaultPolicy,
      calendars: { of: () => alwaysOpen },
      matrix: () => DEFAULT_MATRIX,
      roster: readDeskConfig('config/desk.json').directory,
    },
  );
  const recorded = outcomeOf(opened).events.map((event, index) => ({ rev: index + 1, event }));
  const ticket = fold(recorded);
  return (
    ticket && {
      ticket,
      entries: recorded.map(entryOf),
      teamName: 'Service Desk',
      reader: { language: 'en', zone: 'Europe/Berlin' },
    }
  );
};

const perSecond = (count: number, work: () => unknown): number => {
  const started = performance.now();
  for (let n = 0; n < count; n += 1) work();
  return count / ((performance.now() - started) / 1_000);
};

/** Ours, from ticket and story to card, against expanding the same template with data that is ready. */
export const cardRow = async (count: number, rounds: number): Promise<Row> => {
  const card = sample();
  if (!card) throw new TypeError('the sample ticket was refused');
  const expand = compile<object>(template);
  const data = ticketCardData(card);
  const figures = await paired(
    rounds,
    () => Promise.resolve(perSecond(count, () => ticketCard(card))),
    () => Promise.resolve(perSecond(count, () => expand(data))),
  );
  return { what: 'ticket card drawn', ...figures, baseName: 'bare template expansion, same data' };
};
