import { describe, expect, test } from '@jest/globals';
import { actingFor, type Cover, coverBySelf, type CoverWish, mayEndCover, startCover } from '../../src/domain/cover.ts';
import { customerView, entryOf } from '../../src/domain/timeline.ts';
import { type Instant, instantOf, type PersonActor, ticketId } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  asks,
  ben,
  cancels,
  eve,
  inPlaceOf,
  kai,
  lea,
  max,
  notes,
  repliesAndResolves,
  replies,
  resolves,
  vera,
  zoe,
} from '../support/deeds.ts';
import { rosterWith } from '../support/desk-roster.ts';
import {
  acceptedBy,
  aDesk,
  after,
  arrived,
  days,
  given,
  hours,
  minutes,
  monday,
  type Step,
  storyOf,
} from '../support/given.ts';

const forAna = inPlaceOf(ana, ben);
const anasRef = { id: ana.id, name: ana.name };

const wish = (details: Partial<CoverWish> = {}): CoverWish => ({
  owner: ana.id,
  deputy: ben.id,
  until: after(monday, days(10)),
  ...details,
});
const asked = (by: PersonActor, details: Partial<CoverWish> = {}, earlier: readonly Cover[] = []): Cover | object =>
  startCover({ wish: wish(details), by, at: monday, earlier }, aDesk, 'cover-1');
const cover = (details: Partial<CoverWish> = {}, by: PersonActor = ana): Cover => asked(by, details) as Cover;

describe('a cover starts', () => {
  test('by the owner, without a reason', () => {
    expect(asked(ana)).toEqual({
      id: 'cover-1',
      owner: anasRef,
      deputy: { id: ben.id, name: ben.name },
      from: monday,
      until: after(monday, days(10)),
      startedBy: anasRef,
      ground: 'owner',
    });
  });

  test('by a lead', () => {
    expect(asked(lea, { reason: ' She is ill. ' })).toMatchObject({ ground: 'lead', reason: 'She is ill.' });
  });

  test('by a teammate: for themselves, one ticket, a reason, a day at most, and once', () => {
    const once = { ticketId: ticketId('ticket-1'), reason: 'She is in a meeting.', until: after(monday, days(1)) };
    expect(asked(ben, once)).toMatchObject({
      ground: 'teammate',
      ticketId: 'ticket-1',
      reason: 'She is in a meeting.',
    });
    expect(asked(ben, { ...once, reason: ' ' })).toEqual({ refused: 'reason-missing' });
    expect(asked(ben, { ...once, until: after(monday, hours(25)) })).toEqual({ refused: 'cover-too-long', limit: 1 });
    expect(asked(ben, once, [cover(once, ben)])).toEqual({ refused: 'cover-once', owner: anasRef });
    expect(asked(ben, { ...once, ticketId: ticketId('ticket-2') }, [cover(once, ben)])).toMatchObject({
      ground: 'teammate',
    });
    const { ticketId: _all, ...everything } = once;
    expect(asked(ben, everything)).toEqual({ refused: 'only-the-owner', owner: anasRef });
    expect(asked(ben, { ...once, deputy: lea.id })).toEqual({ refused: 'only-the-owner', owner: anasRef });
  });

  test('by nobody of another team', () => {
    const other = {
      deputy: eve.id,
      ticketId: ticketId('ticket-1'),
      reason: 'I am here.',
      until: after(monday, hours(1)),
    };
    expect(asked(eve, other)).toMatchObject({ refused: 'may-not-own' });
    expect(asked(inPlaceOf(ana, { ...eve, roles: ['agent'] }), { ...other, deputy: ben.id })).toMatchObject({
      refused: 'only-the-owner',
    });
  });

  test('for thirty days at the longest', () => {
    expect(asked(ana, { until: after(monday, days(30)) })).toMatchObject({ ground: 'owner' });
    for (const by of [ana, lea])
      expect(asked(by, { until: after(monday, { milliseconds: days(30).milliseconds + 1 }) })).toEqual({
        refused: 'cover-too-long',
        limit: 30,
      });
    expect(asked(ana, { until: monday })).toEqual({ refused: 'due-date-past' });
  });

  test('by somebody the desk knows, who may own and is another', () => {
    for (const deputy of [eve.id, vera.id, kai.id, ana.id])
      expect(asked(ana, { deputy })).toMatchObject({ refused: 'may-not-own' });
    expect(asked(ana, { deputy: zoe.id })).toEqual({ refused: 'person-unknown' });
    expect(asked(lea, { owner: zoe.id })).toEqual({ refused: 'person-unknown' });
  });
});

test('it is ended by the owner who is back, by the deputy or by a lead', () => {
  for (const by of [ana, ben, lea, max]) expect(mayEndCover(cover(), by)).toBeUndefined();
  expect(mayEndCover(cover(), eve)).toEqual({ refused: 'only-the-owner', owner: anasRef });
});

test('one that came by itself has the same name whoever writes it down', () => {
  const facts = {
    owner: anasRef,
    deputy: ben,
    from: monday,
    until: after(monday, hours(1)),
    ground: 'on-call' as const,
  };
  expect(coverBySelf(facts)).toEqual(coverBySelf({ ...facts }));
  expect(coverBySelf(facts)).toMatchObject({ ground: 'on-call', startedBy: { id: ben.id } });
});

describe('whose place somebody takes', () => {
  const { ticket } = storyOf(acceptedBy(ana));
  const inShift = monday;
  const night = instantOf(Date.parse('2026-01-05T17:00:00Z'));
  const acts = (by: PersonActor, at: Instant, ...covers: readonly Cover[]) =>
    actingFor({ ticket, by, covers, roster: rosterWith(), at });

  test('with a cover the owner’s, from its beginning until its end', () => {
    const ten = cover();
    expect(acts(ben, monday, ten)).toEqual(anasRef);
    expect(acts(ben, after(ten.until, minutes(-1)), ten)).toEqual(anasRef);
    expect(acts(lea, inShift, ten)).toBeUndefined();
    expect(acts(lea, ten.until, { ...ten, deputy: lea })).toBeUndefined();
    expect(acts(lea, after(monday, minutes(-1)), { ...ten, deputy: lea })).toBeUndefined();
  });

  test('not another owner’s', () => {
    expect(acts(ben, inShift, { ...cover(), owner: lea })).toBeUndefined();
  });

  test('a cover of one ticket is for that one', () => {
    const one = { ...cover(), deputy: lea };
    expect(acts(lea, inShift, { ...one, ticketId: ticket.id })).toEqual(anasRef);
    expect(acts(lea, inShift, { ...one, ticketId: ticketId('ticket-2') })).toBeUndefined();
  });

  test('outside the owner’s shift the one on call takes it by themselves', () => {
    expect(acts(ben, inShift)).toBeUndefined();
    expect(acts(ben, night)).toEqual(anasRef);
    expect(acts(lea, night)).toBeUndefined();
  });

  test('the owner acts for nobody, and nobody acts where nobody owns', () => {
    expect(acts(ana, night, cover())).toBeUndefined();
    const unowned = storyOf(arrived()).ticket;
    expect(actingFor({ ticket: unowned, by: ben, covers: [cover()], roster: rosterWith(), at: night })).toBeUndefined();
  });
});

describe('who acts in the owner’s place', () => {
  const bensWork: Step = [acceptedBy(ana), replies(forAna, 'We are on it.')];

  test('does what the owner may, and the owner stays', () => {
    for (const deed of [
      replies(forAna),
      asks(forAna),
      resolves(forAna),
      repliesAndResolves(forAna),
      cancels(forAna, 'spam'),
    ])
      given(acceptedBy(ana)).when(deed).thenTicket({ ownerId: ana.id, ownerName: ana.name });
  });

  test('only while they do: the same person alone is a colleague', () => {
    given(acceptedBy(ana)).when(replies(ben)).thenRefused('only-the-owner', { owner: anasRef });
    given(acceptedBy(lea)).when(replies(forAna)).thenRefused('only-the-owner');
  });

  test('never accepts for them', () => {
    given(acceptedBy(ana)).when(accepts(forAna)).thenRefused('owner-is-set', { owner: anasRef });
  });

  test('the customer reads the owner’s name, the desk reads both', () => {
    const { effects } = given(acceptedBy(ana)).when(replies(forAna, 'We are on it.'));
    const mails = effects.flatMap((effect) => (effect.kind === 'mail' ? [effect.mail] : []));
    expect(mails).toMatchObject([{ signedBy: 'Ana Alves', text: 'We are on it.' }]);
    expect(JSON.stringify(mails)).not.toContain(ben.name);
    const { ticket, recorded } = storyOf(bensWork);
    expect(JSON.stringify(customerView(ticket, recorded))).not.toContain(ben.name);
    expect(recorded.map(entryOf).at(-1)).toMatchObject({ author: 'Ben Berg', actingFor: 'Ana Alves' });
  });

  test('each act is a line of what was done in the owner’s name; an act of one’s own is none', () => {
    const { effects } = given(acceptedBy(ana)).when(replies(forAna));
    expect(effects).toContainEqual(
      expect.objectContaining({
        kind: 'report',
        report: `acted-for:${ana.id}`,
        line: expect.objectContaining({ by: 'Ben Berg', event: 'CustomerAnswered', rev: 3 }),
      }),
    );
    const own = given(acceptedBy(ana)).when(notes(ben)).effects;
    expect(own.filter(({ kind }) => kind === 'report')).toEqual([]);
  });
});
