import { describe, expect, test } from '@jest/globals';
import type { Effect } from '../../src/domain/effects.ts';
import {
  accepts,
  ana,
  asks,
  cancels,
  carlaTheRequester,
  closes,
  type Deed,
  pends,
  reopens,
  resolves,
  theDesk,
  undoesCancel,
} from '../support/deeds.ts';
import { acceptedBy, arrived, days, given, resolvedBy, type Step, storyOf } from '../support/given.ts';

type Project = Extract<Effect, { kind: 'project' }>;
const projects = (effects: readonly Effect[]): Project[] => effects.filter((effect) => effect.kind === 'project');

describe('on which lists a ticket stands', () => {
  const everywhere = [`r:${carlaTheRequester.contactId}`, 'num:INC-1001'];
  const waiting = ['q:service:open', 'q:*:open'];
  const anas = [`a:${ana.id}`];
  const done = (month: string): string[] => [`q:service:closed:${month}`];
  const lists = (before: Step, deed: Deed): object => {
    const [project] = projects(given(before).when(deed).effects);
    return {
      on: [...(project?.on ?? [])].sort(),
      off: [...(project?.off ?? [])].sort(),
      bucket: project?.entry.bucket,
      owner: project?.entry.ownerName,
    };
  };
  const sorted = (...names: string[][]): string[] => names.flat().sort();

  test('new: the team’s and everybody’s queue', () => {
    const [project] = projects(storyOf(arrived()).effects);
    expect(project).toMatchObject({ on: expect.arrayContaining([...waiting, ...everywhere]), off: [] });
    expect(project?.on).toHaveLength(4);
    expect(project?.entry).toEqual({
      ticketId: 'ticket-1',
      rev: 1,
      bucket: 'waiting',
      status: 'new',
      priority: 'P3',
      dueAt: '2026-01-06T09:00:00.000Z',
      number: 'INC-1001',
      subject: 'The printer is on fire',
      requester: 'Carla Costa',
      requesterId: carlaTheRequester.contactId,
    });
  });

  test('owned: the owner’s list as well', () => {
    const owned = { on: sorted(waiting, everywhere, anas), off: [], bucket: 'open', owner: 'Ana Alves' };
    expect(lists(arrived(), accepts(ana))).toEqual(owned);
    expect(lists(acceptedBy(ana), asks(ana))).toEqual(owned);
    expect(lists(acceptedBy(ana), pends(ana, 'change'))).toEqual(owned);
  });

  test('resolved: off the queues, kept by month and on the owner’s list', () => {
    const kept = sorted(done('202601'), everywhere, anas);
    expect(lists(acceptedBy(ana), resolves(ana))).toEqual({
      on: kept,
      off: sorted(waiting),
      bucket: 'done',
      owner: 'Ana Alves',
    });
  });

  test('closed or cancelled: off the owner’s list too', () => {
    const gone = { on: sorted(done('202601'), everywhere), bucket: 'done', owner: 'Ana Alves' };
    expect(lists(resolvedBy(ana), closes(theDesk))).toEqual({ ...gone, off: anas });
    expect(lists(acceptedBy(ana), cancels(ana, 'spam'))).toEqual({ ...gone, off: sorted(waiting, anas) });
    expect(lists(arrived(), cancels(ana, 'spam'))).toEqual({ ...gone, owner: undefined, off: sorted(waiting) });
  });

  test('a change in a later month moves it', () => {
    expect(lists([resolvedBy(ana), days(40)], closes(theDesk))).toMatchObject({
      on: sorted(done('202602'), everywhere),
      off: sorted(done('202601'), anas),
    });
  });

  test('reopened: back on all of them', () => {
    expect(lists(resolvedBy(ana), reopens(ana))).toMatchObject({
      on: sorted(waiting, everywhere, anas),
      off: done('202601'),
      bucket: 'open',
    });
    expect(lists([arrived(), cancels(ana, 'spam')], undoesCancel(ana))).toMatchObject({
      on: sorted(waiting, everywhere),
      bucket: 'waiting',
    });
  });
});
