import { describe, expect, test } from '@jest/globals';
import { type MailArrival, owesAcknowledgement, verdictOf } from '../../src/domain/arrival.ts';
import { mailAddress } from '../../src/domain/values.ts';
import { deskMailbox, prose } from '../support/deeds.ts';
import { monday } from '../support/given.ts';

const mail = (details: Partial<MailArrival> = {}): MailArrival => ({
  mailbox: deskMailbox,
  messageId: 'graph-1',
  from: { name: 'Carla Costa', address: mailAddress('carla@customer.example') },
  subject: 'Printer',
  receivedAt: monday,
  prose: prose('The printer burns.'),
  answers: [],
  headers: [],
  contentSha256: '0'.repeat(64),
  ...details,
});
const withHeader = (name: string, value: string): MailArrival => mail({ headers: [{ name, value }] });
const from = (address: string): MailArrival => mail({ from: { name: '', address: mailAddress(address) } });

describe('how a mail counts', () => {
  test.each([
    ['Auto-Submitted', 'auto-replied'],
    ['auto-submitted', 'auto-generated; type=vacation'],
    ['AUTO-SUBMITTED', ' auto-notified '],
    ['X-Autoreply', 'yes'],
    ['X-Autorespond', ''],
    ['Precedence', 'bulk'],
    ['Precedence', ' Auto_Reply '],
    ['Precedence', 'list'],
    ['Precedence', 'junk'],
  ])('%s: %s is automatic', (name, value) => {
    expect(verdictOf(withHeader(name, value))).toBe('automatic');
  });

  test.each([
    ['Auto-Submitted', 'no'],
    ['Auto-Submitted', 'No; really'],
    ['Precedence', 'first-class'],
    ['X-Auto-Response-Suppress', 'All'],
    ['List-Unsubscribe', '<mailto:x>'],
    ['Content-Type', 'multipart/mixed'],
    ['X-Mailer', 'bulk'],
  ])('%s: %s is a person’s', (name, value) => {
    expect(verdictOf(withHeader(name, value))).toBe('reply');
  });

  test.each([
    withHeader('X-Failed-Recipients', 'ben@desk.example'),
    withHeader('Content-Type', 'multipart/report; report-type=delivery-status'),
    from('MAILER-DAEMON@customer.example'),
    from('postmaster@customer.example'),
    from('double-bounce@customer.example'),
  ])('a mail that could not be delivered comes back as a bounce (%#)', (arrival) => {
    expect(verdictOf(arrival)).toBe('bounce');
  });

  test('a person whose name only begins like a daemon is a person', () => {
    expect(verdictOf(from('postmaster.jones@customer.example'))).toBe('reply');
  });

  test('headers speak before words: an automatic thank-you is automatic', () => {
    const thanks = prose('Thank you very much!');
    expect(verdictOf(mail({ prose: thanks }))).toBe('thanks');
    expect(verdictOf(mail({ prose: thanks, headers: [{ name: 'Auto-Submitted', value: 'auto-replied' }] }))).toBe(
      'automatic',
    );
    expect(verdictOf(mail({ prose: thanks, headers: [{ name: 'X-Failed-Recipients', value: 'x' }] }))).toBe('bounce');
  });

  test('a thank-you with a file wants something', () => {
    const file = { name: 'new-fault.png', size: 1, contentType: 'image/png', sha256: '0'.repeat(64) };
    expect(verdictOf(mail({ prose: prose('Thanks!', file) }))).toBe('reply');
  });

  test('the sender’s own name below a thank-you does not make it a reply', () => {
    expect(verdictOf(mail({ prose: prose('Thanks!\n\nKind regards\nCarla Costa') }))).toBe('thanks');
    expect(verdictOf(mail({ prose: prose('Thanks!\n\nKind regards\nCarla Costa\nThe toner is empty') }))).toBe('reply');
  });
});

describe('who gets an acknowledgement', () => {
  test('a person who wrote', () => {
    expect(owesAcknowledgement(mail())).toBe(true);
    expect(owesAcknowledgement(mail({ prose: prose('Thanks!') }))).toBe(true);
    expect(owesAcknowledgement(withHeader('Return-Path', '<carla@customer.example>'))).toBe(true);
  });

  test.each([
    ['Auto-Submitted', 'auto-replied'],
    ['Precedence', 'bulk'],
    ['X-Failed-Recipients', 'x'],
    ['List-Id', '<news.customer.example>'],
    ['List-Unsubscribe', '<mailto:x>'],
    ['X-Auto-Response-Suppress', 'OOF'],
    ['Return-Path', '<>'],
  ])('never where the headers say %s: %s', (name, value) => {
    expect(owesAcknowledgement(withHeader(name, value))).toBe(false);
    expect(owesAcknowledgement(withHeader(name.toLowerCase(), value))).toBe(false);
  });

  test('nobody who left no address, and not where nothing could be read', () => {
    const { from: _from, ...anonymous } = mail();
    expect(owesAcknowledgement(anonymous)).toBe(false);
    expect(owesAcknowledgement(mail({ unreadable: true }))).toBe(false);
  });
});
