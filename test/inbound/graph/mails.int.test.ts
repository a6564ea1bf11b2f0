import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mailAddress } from '../../../src/domain/values.ts';
import { textRunsOf } from '../../support/cards.ts';
import { CARLA, type CustomerLetter, openDesk, type TestDesk, textOn } from '../../support/open-desk.ts';
import { type KeptLog, keptLog } from '../kept-log.ts';

/** Mails as they really come: half-written, broken, automatic, twice. None is lost, none makes trouble. */
let desk: TestDesk;
let log: KeptLog;
beforeAll(async () => {
  log = keptLog();
  desk = await openDesk({ logLevel: 'info', log });
});
afterAll(() => desk.close());

const SUPPORT = 'support@desk.example';

/** Mail as bytes, past any library that would mend it. */
const arrives = async (...lines: readonly string[]): Promise<string> => {
  await desk.graph.deliver(lines.join('\r\n'), { to: SUPPORT });
  await desk.settled();
  return textOn(desk.cards().at(-1));
};
const mailed = async (letter: CustomerLetter): Promise<string> => {
  await desk.mails(letter);
  await desk.settled();
  return textOn(desk.cards().at(-1));
};
const cardsWith = (words: string): number => desk.cards().filter((card) => textOn(card).includes(words)).length;
const cardWith = (words: string) => desk.cards().find((card) => textOn(card).includes(words));
const answersTo = (words: string): number =>
  desk.graph.sentMail().filter(({ subject }) => subject.includes(words)).length;
const ticketIdOn = (words: string): string =>
  cardWith(words)?.actions.find(({ data }) => data?.ticketId)?.data?.ticketId ?? '';

const from = 'From: Carla Costa <carla@customer.example>';
const to = `To: ${SUPPORT}`;

describe('what is missing in a mail', () => {
  test('no From: a ticket of an unknown sender, whom nobody can answer', async () => {
    const sent = desk.graph.sentMail().length;
    const shown = await arrives(to, 'Subject: From nobody', 'Message-ID: <nobody@customer.example>', '', 'Guess who.');
    expect(shown).toContain('From nobody');
    expect(shown).toContain('(unknown sender)');
    expect(shown).toContain('Guess who.');
    expect(shown).not.toContain('"verb":"reply-resolve"');
    expect(desk.graph.sentMail()).toHaveLength(sent);
    const answer = await desk.taps('anna', 'reply-resolve', {
      ticketId: ticketIdOn('From nobody'),
      replyText: 'Hello?',
    });
    expect(textOn(answer.body)).toContain('no mail address of this customer');
  });

  test.each([
    ['none', []],
    ['an empty one', ['Subject:']],
    ['only spaces', ['Subject:    ']],
  ])('no Subject (%s): the card says so', async (what, subject) => {
    const shown = await arrives(
      from,
      to,
      ...subject,
      `Message-ID: <no-subject-${what.length}@x>`,
      '',
      `Without, ${what}.`,
    );
    expect(shown).toContain('(no subject)');
    expect(shown).toContain(`Without, ${what}.`);
  });

  test('no Message-ID: two mails are two tickets, the same mail read again is one', async () => {
    for (const text of ['First of two.', 'Second of two.']) await arrives(from, to, 'Subject: No id', '', text);
    desk.graph.forgetDeltaTokens();
    await desk.settled();
    expect(cardsWith('First of two.')).toBe(1);
    expect(cardsWith('Second of two.')).toBe(1);
  });

  test('nothing but a subject', async () => {
    expect(await arrives(from, to, 'Subject: Please call me', 'Message-ID: <call@x>', '', '')).toContain(
      'Please call me',
    );
  });

  test('nothing at all', async () => {
    const before = desk.cards().length;
    const shown = await arrives('');
    expect(desk.cards()).toHaveLength(before + 1);
    expect(shown).toContain('(no subject)');
  });
});

describe('what is in a mail', () => {
  test('HTML only: its words are on the card, its code is not', async () => {
    const html =
      '<style>p{color:red}</style><p>The <b>third</b> tray</p><script>steal()</script><p onclick="steal()">is stuck.</p>' +
      '<img src="https://tracker.example/pixel.gif">';
    const shown = await mailed({ subject: 'Only HTML', html });
    expect(shown).toContain('The third tray');
    expect(shown).toContain('is stuck.');
    for (const code of ['steal', 'color:red', 'tracker.example', '<p']) expect(shown).not.toContain(code);
  });

  test('attachments: shown by name and size', async () => {
    const attachments = [
      { filename: 'badges.pdf', content: Buffer.alloc(2_048, 1) },
      { filename: 'list [draft].txt', content: 'one' },
    ];
    await mailed({ subject: 'With files', text: 'See these.', attachments });
    const runs = textRunsOf(cardWith('With files') ?? {});
    expect(runs).toContainEqual(expect.stringContaining('badges.pdf (2 KB)'));
    expect(runs).toContainEqual(expect.stringContaining('list [draft].txt (3 B)'));
  });

  test('an attachment named like a path keeps to its name on the card', async () => {
    const attachments = [{ filename: '../../etc/\u202Egnp.exe', content: 'x' }];
    const shown = await mailed({ subject: 'A strange file', text: 'Open it.', attachments });
    expect(shown).not.toContain('\u202e');
    expect(shown).toContain('(1 B)');
  });

  test('a very long mail is cut on the card, not refused', async () => {
    const shown = await mailed({ subject: 'A long story', text: 'And then it stopped.\n'.repeat(20_000) });
    expect(shown).toContain('And then it stopped.');
    expect(shown.length).toBeLessThan(28_000);
  });

  test('a very long subject is cut', async () => {
    const shown = await mailed({ subject: `Wordy ${'very '.repeat(500)}`, text: 'x' });
    expect(shown).toContain('Wordy very very');
    expect(shown.length).toBeLessThan(28_000);
  });
});

describe('who gets an acknowledgement', () => {
  test('a person does, once', async () => {
    await mailed({ subject: 'A person writes', text: 'Good morning.' });
    expect(answersTo('A person writes')).toBe(1);
  });

  test.each<[string, CustomerLetter]>([
    ['an absence note', { headers: { 'Auto-Submitted': 'auto-replied' } }],
    ['a programme', { headers: { 'Auto-Submitted': 'auto-generated' } }],
    ['a newsletter', { headers: { Precedence: 'bulk' } }],
    ['a mailing list', { headers: { 'List-Id': '<news.customer.example>' } }],
    ['a sender who wants no answers', { headers: { 'X-Auto-Response-Suppress': 'All' } }],
    ['a mail server', { from: 'MAILER-DAEMON@customer.example' }],
  ])('%s does not, but becomes a ticket', async (who, letter) => {
    const subject = `Automatic by ${who}`;
    const shown = await mailed({ subject, text: 'I am away.', ...letter });
    expect(shown).toContain(subject);
    expect(answersTo(subject)).toBe(0);
  });

  test('two desks that acknowledge each other stop after one word', async () => {
    await mailed({ subject: 'Desk to desk', text: 'Received as 17.', headers: { 'Auto-Submitted': 'auto-replied' } });
    const inReplyTo = '<unknown@desk.example>';
    await mailed({
      subject: 'Re: Desk to desk',
      text: 'Received as 18.',
      inReplyTo,
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
    expect(answersTo('Desk to desk')).toBe(0);
  });
});

describe('the same mail twice', () => {
  const once = [from, to, 'Subject: Sent twice', 'Message-ID: <twice@customer.example>', '', 'I clicked twice.'];

  test('same Message-ID and content: one ticket, one acknowledgement', async () => {
    await arrives(...once);
    await arrives(...once);
    expect(cardsWith('I clicked twice.')).toBe(1);
    expect(answersTo('Sent twice')).toBe(1);
  });

  test('same Message-ID, other content: nobody’s words are lost', async () => {
    await arrives(...once.slice(0, -1), 'These are other words.');
    expect(cardsWith('These are other words.')).toBe(1);
  });

  test('to both teams: each has its ticket', async () => {
    const mail = [from, 'Subject: To both teams', 'Message-ID: <both@customer.example>', '', 'Who is it for?'];
    await desk.graph.deliver(mail.join('\r\n'), { to: [SUPPORT, 'network@desk.example'] });
    await desk.settled();
    expect(cardsWith('To both teams')).toBe(2);
  });

  test('the mailbox forgets where the desk had got to: nothing enters twice', async () => {
    const before = { cards: desk.cards().length, sent: desk.graph.sentMail().length };
    desk.graph.forgetDeltaTokens();
    await desk.settled();
    expect({ cards: desk.cards().length, sent: desk.graph.sentMail().length }).toEqual(before);
    expect(log.lines('mailbox-reset').length).toBeGreaterThan(0);
  });
});

describe('what cannot be read', () => {
  test('a mail whose body makes no sense becomes a ticket that says so, with the original attached', async () => {
    const sent = desk.graph.sentMail().length;
    const outcome = await desk.running.receive({
      mailbox: mailAddress(SUPPORT),
      messageId: 'unreadable-1',
      internetMessageId: '<unreadable@customer.example>',
      from: { name: 'Carla Costa', address: mailAddress(CARLA) },
      subject: 'Beyond reading',
      receivedAt: desk.clock.now(),
      prose: {
        text: '',
        attachments: [{ name: 'original.eml', size: 2_048, contentType: 'message/rfc822', sha256: 'a'.repeat(64) }],
      },
      answers: [],
      headers: [],
      unreadable: true,
      contentSha256: 'b'.repeat(64),
    });
    expect(outcome).toMatchObject({ outcome: 'opened' });
    await desk.settled();
    const shown = textOn(cardWith('Beyond reading'));
    expect(shown).toContain('This mail could not be read. The original is attached.');
    expect(shown).toContain('original.eml (2 KB)');
    expect(desk.graph.sentMail()).toHaveLength(sent);
  });

  test('bytes that are no mail at all become a ticket', async () => {
    const before = desk.cards().length;
    const noMail = Buffer.from([0xff, 0xfe, 0, 1, 2, 3, 0x0d, 0x0a, 0x0d, 0x0a, 0x80]);
    await desk.graph.deliver(noMail, { to: SUPPORT });
    await desk.settled();
    expect(desk.cards()).toHaveLength(before + 1);
  });

  test.each([
    [
      'a multipart without an end',
      [
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'Cut off',
        '--b',
        'Content-',
      ],
    ],
    ['base64 that is none', ['Content-Type: text/plain', 'Content-Transfer-Encoding: base64', '', '!!!!not base64']],
    ['an unknown charset', ['Content-Type: text/plain; charset=klingon', '', 'Qapla']],
    [
      'boundaries within boundaries',
      [
        'Content-Type: multipart/mixed; boundary=b',
        '',
        ...Array.from({ length: 200 }, () => '--b\r\nContent-Type: multipart/mixed; boundary=b\r\n'),
        '',
      ],
    ],
  ])('broken MIME becomes a ticket: %s', async (what, lines) => {
    const subject = `Broken: ${what}`;
    await arrives(from, to, `Subject: ${subject}`, `Message-ID: <broken-${what.length}@x>`, ...lines);
    expect(cardsWith(subject)).toBe(1);
  });

  test('an answer of the mail service that is cut off is asked for again: the mail is not lost', async () => {
    desk.graph.fault({ match: 'GET /users/*/messages/delta*', kind: 'truncated' });
    await desk.mails({ subject: 'After a broken answer', text: 'Still here.' });
    await desk.settled().catch(() => undefined);
    expect(desk.graph.faults()).toEqual([]);
    await desk.settled();
    expect(cardsWith('After a broken answer')).toBe(1);
  });
});

describe('a mail to a ticket that has ended', () => {
  /** A ticket, answered and resolved; the Message-ID of the last mail to the customer. */
  const resolved = async (subject: string): Promise<string> => {
    await mailed({ subject, text: 'It is stuck.' });
    await desk.taps('anna', 'reply-resolve', { ticketId: ticketIdOn(subject), replyText: 'Pull the plug.' });
    await desk.settled();
    expect(textOn(cardWith(subject))).toContain('Resolved');
    return desk.inboxOf(CARLA).at(-1)?.internetMessageId ?? '';
  };
  const answers = (subject: string, inReplyTo: string, text: string): Promise<string> =>
    mailed({ subject: `Re: ${subject}`, inReplyTo, text });

  test.each(['Thank you very much!', 'Vielen Dank, funktioniert jetzt.\n\nCarla Costa'])(
    'thanks stay on the ticket and do not reopen it: %s',
    async (text) => {
      const subject = `Thankful ${text.length}`;
      const sent = await resolved(subject);
      await answers(subject, sent, text);
      expect(cardsWith(subject)).toBe(1);
      expect(textOn(cardWith(subject))).toContain('Resolved');
      expect(textOn(cardWith(subject))).toContain(text.split('\n')[0]);
    },
  );

  test.each(['Thanks, but it is stuck again.', 'Leider nicht gelöst.', 'Thank you?'])(
    'a complaint reopens it: %s',
    async (text) => {
      const subject = `Complaint ${text.length}`;
      const sent = await resolved(subject);
      await answers(subject, sent, text);
      expect(cardsWith(subject)).toBe(1);
      expect(textOn(cardWith(subject))).toContain('In progress');
      expect(textOn(cardWith(subject))).toContain('"text":"Anna Arndt"');
    },
  );

  test('an absence note does not reopen it', async () => {
    const sent = await resolved('Absent');
    const headers = { 'Auto-Submitted': 'auto-replied' };
    await mailed({ subject: 'Re: Absent', inReplyTo: sent, text: 'I am away until Monday.', headers });
    expect(cardsWith('Absent')).toBe(1);
    expect(textOn(cardWith('Absent'))).toContain('Resolved');
  });

  test('a complaint eight days after it was closed opens a new ticket that follows', async () => {
    const sent = await resolved('Long closed');
    const ticketId = ticketIdOn('Long closed');
    await desk.taps('anna', 'close', { ticketId });
    await desk.settled();
    expect(textOn(cardWith('Long closed'))).toContain('Closed');
    desk.clock.advance({ days: 8 });
    await answers('Long closed', sent, 'It is stuck again.');
    expect(cardsWith('Long closed')).toBe(2);
    const following = desk.cards().at(-1);
    expect(textOn(following)).toContain('It is stuck again.');
    expect(textOn(following)).toContain('New');
    const id = following?.actions.find(({ data }) => data?.ticketId)?.data?.ticketId ?? '';
    const loaded = await desk.running.tickets.load(id as Parameters<typeof desk.running.tickets.load>[0]);
    expect(loaded?.ticket.follows).toBe(ticketId);
  });
});

test('of all these mails no word and no address is in the log', () => {
  expect(log.lines('mail-not-worked')).toEqual([]);
  for (const words of ['carla@', 'Carla', 'stuck', 'tray', 'Guess who', 'twice'])
    expect(log.text()).not.toContain(words);
});
