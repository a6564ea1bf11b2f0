import { describe, expect, test } from '@jest/globals';
import type { CustomerMail } from '../../src/domain/customer-view.ts';
import type { Effect } from '../../src/domain/effects.ts';
import { customerView } from '../../src/domain/timeline.ts';
import { contactId, ticketId, ticketNumber } from '../../src/domain/values.ts';
import {
  accepts,
  ana,
  arrives,
  ben,
  cancels,
  carla,
  closes,
  customerWrites,
  eve,
  inPlaceOf,
  lea,
  max,
  nobody,
  otto,
  resolves,
  theDesk,
  ticks,
  zoe,
} from '../support/deeds.ts';
import {
  acceptedBy,
  after,
  arrived,
  given,
  minutes,
  resolvedBy,
  seconds,
  type Step,
  storyOf,
} from '../support/given.ts';
import {
  declaresMajor,
  hearsFromParent,
  isTold,
  links,
  parent,
  part,
  reserves,
  splits,
  undoesSplit,
  unlinks,
  updatesMajor,
} from '../support/ownership-deeds.ts';

const mailsOf = (effects: readonly Effect[]): CustomerMail[] =>
  effects.flatMap((effect) => (effect.kind === 'mail' ? [effect.mail] : []));
const parentRef = { id: parent.id, number: parent.number };
const whole = { id: ticketId('ticket-1'), number: ticketNumber('INC-1001') };

describe('splitting', () => {
  test('opens a ticket of the same customer, in the same team, that nobody owns', () => {
    const { effects } = given(acceptedBy(ana))
      .when(splits(ana, { subject: ' The\nscanner ', text: ' It is slow. ' }))
      .then({ type: 'TicketSplit', into: part, subject: 'The scanner', text: 'It is slow.' })
      .thenTicket({ ownerId: ana.id, status: 'in_progress', subject: 'The printer is on fire' });
    const [command] = effects.filter((effect) => effect.kind === 'command');
    expect(command).toMatchObject({
      to: part.id,
      command: {
        type: 'open',
        ticketId: part.id,
        number: part.number,
        subject: 'The scanner',
        teamId: 'service',
        splitFrom: whole,
        acknowledge: false,
      },
    });
    const opened = command?.kind === 'command' ? storyOf(() => command.command) : undefined;
    expect(opened?.ticket).toMatchObject({ status: 'new', splitFrom: whole, requester: { contactId: carla.id } });
    expect(mailsOf(opened?.effects ?? [])).toEqual([]);
  });

  test('needs a subject and words', () => {
    given(acceptedBy(ana))
      .when(splits(ana, { subject: ' ' }))
      .thenRefused('text-missing');
    given(acceptedBy(ana))
      .when(splits(ana, { text: ' ' }))
      .thenRefused('text-missing');
    given(acceptedBy(ana))
      .when(splits(ana, { text: 'x'.repeat(20_001) }))
      .thenRefused('text-too-long');
    given(acceptedBy(ana)).when(splits(ben)).thenRefused('only-the-owner');
    given(resolvedBy(ana)).when(splits(ana)).thenRefused('not-allowed-now');
  });

  const split: Step = [acceptedBy(ana), splits(ana)];
  const thePart: Step = arrives({ splitFrom: whole });

  test('is undone: the part is told, and is taken back while nobody has begun with it', () => {
    const { effects } = given(split).when(undoesSplit(ana)).then({ type: 'SplitUndone', into: part });
    expect(effects).toContainEqual(
      expect.objectContaining({
        kind: 'command',
        to: part.id,
        command: expect.objectContaining({ what: 'split-undone', from: whole }),
      }),
    );
    given(thePart)
      .when(isTold('split-undone', whole))
      .then({ type: 'PartTakenBack', other: whole })
      .thenTicket({ status: 'cancelled', ownerId: undefined });
  });

  test('for seven days, by the owner or a lead', () => {
    given(split).when(undoesSplit(ana, 7)).then({ type: 'SplitUndone' });
    given(split)
      .when(undoesSplit(ana, 7 + 1 / 1440))
      .thenRefused('undo-too-late');
    given(split).when(undoesSplit(lea)).then({ type: 'SplitUndone', by: lea });
    given(split).when(undoesSplit(ben)).thenRefused('only-the-owner');
    given(split, cancels(ana, 'spam')).when(undoesSplit(ana)).thenRefused('not-allowed-now');
  });

  test('a part that somebody has accepted, or reaches for, stays', () => {
    given(thePart, accepts(ben)).when(isTold('split-undone', whole)).then().thenTicket({ ownerId: ben.id });
    given(thePart, reserves(ben)).when(isTold('split-undone', whole)).then().thenTicket({ status: 'new' });
    given(thePart, reserves(ben), seconds(-50)).when(isTold('split-undone', whole)).then();
  });

  test('a ticket that is no part of it is not taken back', () => {
    given(arrived()).when(isTold('split-undone', whole)).then().thenTicket({ status: 'new' });
    given(thePart).when(isTold('split-undone', part)).then().thenTicket({ status: 'new' });
  });
});

describe('a child hangs on the ticket of the cause', () => {
  const child: Step = [acceptedBy(ana), links(ana)];

  test('and keeps owner, customer and life of its own', () => {
    const { effects } = given(acceptedBy(ana))
      .when(links(ana))
      .then({ type: 'LinkedToParent', parent: parentRef })
      .thenTicket({ parent: parentRef, ownerId: ana.id, status: 'in_progress' });
    expect(effects).toContainEqual(
      expect.objectContaining({ kind: 'project', on: expect.arrayContaining([`c:${parent.id}`]) }),
    );
    expect(effects).toContainEqual(
      expect.objectContaining({ kind: 'associate', label: 'caused_by', to: { id: parent.id } }),
    );
    given(child).when(links(ana)).then();
  });

  test('on one of another customer, too', () => {
    given(arrives({ requester: { contactId: contactId('contact-carl'), name: 'Carl' } }))
      .when(links(ben))
      .then({ type: 'LinkedToParent' });
  });

  test('two levels and no more', () => {
    given(acceptedBy(ana))
      .when(links(ana, { ...parent, isChild: true }))
      .thenRefused('parent-is-child', { other: parentRef });
    given(acceptedBy(ana))
      .when(links(ana, parent, { hasChildren: true }))
      .thenRefused('parent-is-child');
    given(acceptedBy(ana))
      .when(links(ana, { ...parent, ...whole }))
      .thenRefused('parent-is-child');
    given(acceptedBy(ana))
      .when(links(ana, { ...parent, ended: true }))
      .thenRefused('merge-ended', { other: parentRef });
  });

  test('a major incident is nobody’s child, and a child is no major incident', () => {
    given(acceptedBy(ana), declaresMajor(max, lea))
      .when(links(ana))
      .thenRefused('already-major', { owner: { id: lea.id, name: lea.name } });
    given(child).when(declaresMajor(max, lea)).thenRefused('parent-is-child', { other: parentRef });
  });

  test('by the owner or a lead; while nobody owns it, by anyone who works tickets', () => {
    given(acceptedBy(ana)).when(links(ben)).thenRefused('only-the-owner');
    given(acceptedBy(ana)).when(links(lea)).then({ type: 'LinkedToParent' });
    given(arrived()).when(links(eve)).thenRefused('role-may-not');
    given(resolvedBy(ana)).when(links(ana)).thenRefused('not-allowed-now');
  });

  test('is taken off again', () => {
    const { effects } = given(child)
      .when(unlinks(ana))
      .then({ type: 'UnlinkedFromParent', parent: parentRef })
      .thenTicket({ parent: undefined });
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'project', off: [`c:${parent.id}`] }));
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'associate', label: 'caused_by', remove: true }));
    given(acceptedBy(ana)).when(unlinks(ana)).thenRefused('not-linked');
  });

  test('hears the parent’s news once, and its customer reads them under its own owner', () => {
    const { effects } = given(child)
      .when(hearsFromParent(lea, { text: ' We found it. ' }))
      .then({ type: 'ParentUpdated', parent: parentRef, text: 'We found it.', mail: true })
      .thenTicket({ status: 'in_progress', ownerId: ana.id, unansweredSince: undefined });
    expect(mailsOf(effects)).toMatchObject([{ kind: 'update', text: 'We found it.', signedBy: 'Ana Alves' }]);
    const { ticket, recorded } = storyOf(child, hearsFromParent(lea));
    expect(customerView(ticket, recorded).entries.at(-1)).toMatchObject({
      from: 'desk',
      name: 'Ana Alves',
      text: 'We found the cause.',
    });
  });

  test('silently where its customer has them already, or cannot be reached', () => {
    expect(mailsOf(given(child).when(hearsFromParent(lea, { mail: false })).effects)).toEqual([]);
    expect(storyOf(child).ticket).toHaveProperty('unansweredSince');
    expect(given(child).when(hearsFromParent(lea, { mail: false })).ticket).toHaveProperty('unansweredSince');
    given(arrives({ requester: nobody }), links(ben))
      .when(hearsFromParent(lea))
      .then({ type: 'ParentUpdated', mail: false });
  });

  test('hears nothing from a ticket that is not its parent, and nothing after it was cancelled', () => {
    given(child)
      .when(hearsFromParent(lea, { from: part }))
      .thenRefused('not-linked');
    given(acceptedBy(ana)).when(hearsFromParent(lea)).thenRefused('not-linked');
    given(child)
      .when(hearsFromParent(lea, { text: '' }))
      .thenRefused('text-missing');
    given(child, cancels(ana, 'spam')).when(hearsFromParent(lea)).thenRefused('not-allowed-now');
  });

  test('also when it is solved or closed: its customer still waits for the cause', () => {
    given(child, resolves(ana)).when(hearsFromParent(lea)).then({ type: 'ParentUpdated', mail: true });
    given(child, resolves(ana), closes(theDesk)).when(hearsFromParent(lea)).then({ type: 'ParentUpdated' });
  });
});

describe('a major incident', () => {
  const major: Step = [acceptedBy(ana), declaresMajor(max, lea)];

  test('is declared by a manager, with a coordinator who is told; the owner stays', () => {
    const { at, effects } = given(acceptedBy(ana))
      .when(declaresMajor(max, lea))
      .then({ type: 'MajorIncidentDeclared', by: max, coordinator: { id: lea.id, name: lea.name }, cadenceMinutes: 30 })
      .thenTicket({ ownerId: ana.id, status: 'in_progress' });
    expect(given(acceptedBy(ana)).when(declaresMajor(max, lea)).ticket.major).toEqual({
      coordinator: { id: lea.id, name: lea.name },
      cadenceMinutes: 30,
      nextUpdateAt: after(at, minutes(30)),
    });
    expect(effects).toContainEqual({ kind: 'notice', to: lea.id, reason: 'coordinates', rev: 3 });
    expect(effects).toContainEqual({ kind: 'timer', dueAt: after(at, minutes(30)), rev: 3 });
    given(acceptedBy(ana)).when(declaresMajor(otto, lea)).then({ type: 'MajorIncidentDeclared' });
  });

  test('by nobody else, once, while it is open, with somebody the desk knows', () => {
    for (const by of [ana, lea, eve]) given(acceptedBy(ana)).when(declaresMajor(by, lea)).thenRefused('role-may-not');
    given(major)
      .when(declaresMajor(max, ben))
      .thenRefused('already-major', { owner: { id: lea.id, name: lea.name } });
    given(resolvedBy(ana)).when(declaresMajor(max, lea)).thenRefused('not-allowed-now');
    given(acceptedBy(ana)).when(declaresMajor(max, zoe)).thenRefused('person-unknown');
    given(arrived())
      .when(declaresMajor(max, lea))
      .then({ type: 'MajorIncidentDeclared' })
      .thenTicket({ ownerId: undefined });
  });

  test.each([
    [5, true],
    [1440, true],
    [4, false],
    [1441, false],
    [Number.NaN, false],
  ])('news every %d minutes: allowed is %s', (cadenceMinutes, allowed) => {
    const outcome = given(acceptedBy(ana)).when(declaresMajor(max, lea, { cadenceMinutes }));
    if (allowed) outcome.then({ type: 'MajorIncidentDeclared', cadenceMinutes });
    else outcome.thenRefused('due-date-past');
  });

  test('its news reach its own customer, and all children; the next ones are due a cadence later', () => {
    const { at, effects, ticket } = given(major)
      .when(updatesMajor(lea, ' We found it. '))
      .then({ type: 'MajorIncidentUpdated', by: lea, text: 'We found it.', mail: true })
      .thenTicket({ ownerId: ana.id, unansweredSince: undefined });
    expect(mailsOf(effects)).toMatchObject([{ kind: 'update', text: 'We found it.', signedBy: 'Ana Alves' }]);
    expect(effects).toContainEqual({ kind: 'children-updated', rev: 4, text: 'We found it.', by: lea, told: carla.id });
    expect(ticket.major?.nextUpdateAt).toBe(after(at, minutes(30)));
  });

  test('a customer without an address is not mailed, and counts as not told', () => {
    const { effects } = given(arrives({ requester: nobody }), declaresMajor(max, lea)).when(updatesMajor(lea));
    expect(mailsOf(effects)).toEqual([]);
    expect(effects).toContainEqual(expect.not.objectContaining({ told: expect.anything() }));
    expect(effects.find(({ kind }) => kind === 'children-updated')).not.toHaveProperty('told');
  });

  test('by the coordinator, the owner or a lead', () => {
    const bensCase: Step = [acceptedBy(ana), declaresMajor(max, ben)];
    for (const by of [ben, ana, lea, inPlaceOf(ana, ben)])
      given(bensCase).when(updatesMajor(by)).then({ type: 'MajorIncidentUpdated' });
    given(major).when(updatesMajor(ben)).thenRefused('only-the-owner');
    given(major).when(updatesMajor(lea, ' ')).thenRefused('text-missing');
    given(acceptedBy(ana)).when(updatesMajor(ana)).thenRefused('not-major');
    given(major, resolves(ana)).when(updatesMajor(lea)).thenRefused('not-allowed-now');
  });

  test('the coordinator is reminded when news are due, again and again, until it is solved', () => {
    const { effects, ticket, at } = given(major, minutes(29))
      .when(ticks())
      .then({ type: 'UpdateReminded', by: theDesk });
    expect(effects).toContainEqual({ kind: 'notice', to: lea.id, reason: 'update-due', rev: 4 });
    expect(ticket.major?.nextUpdateAt).toBe(after(at, minutes(30)));
    given(major, minutes(28)).when(ticks()).then();
    given(major, minutes(29), ticks()).when(ticks()).then();
    given(major, minutes(29), ticks(), minutes(29)).when(ticks()).then({ type: 'UpdateReminded' });
    given(major, minutes(20), updatesMajor(lea), minutes(20)).when(ticks()).then();
    given(major, resolves(ana), minutes(60)).when(ticks()).then();
  });

  test('a customer who writes is nobody’s news', () => {
    given(major).when(customerWrites('And?')).then({ type: 'CustomerWroteIn' });
  });
});
