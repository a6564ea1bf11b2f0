import { mirrored } from '../domain/association.ts';
import { absorbing } from '../domain/contacts.ts';
import type { ObjectRef } from '../domain/objects.ts';
import { loop } from './loop.ts';
import { rehome } from './object-associations.ts';
import { type Act, canonical, chainOf, changeObject, type ObjectParts, orLater } from './object-changes.ts';
import type { Bookmarks } from './ports/bookmarks.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { ObjectEffect, ObjectOutboxEntry } from './ports/objects.ts';
import type { Relay } from './relay.ts';

export interface ObjectRelayParts extends ObjectParts {
  readonly bookmarks: Bookmarks;
  readonly clock: Clock;
  readonly log: Log;
}

const READER = 'objects';
const PAGE = 200;
const ASSOCIATIONS = 50;

/**
 * Carries out what a change of an object asks of other partitions: the other side of an association, what a merge moves, an
 * id that means another object. Each is idempotent; the bookmark is saved only after everything before it is done.
 */
export const objectRelay = (parts: ObjectRelayParts): Relay => {
  const round = async (): Promise<boolean> => {
    const token = await parts.bookmarks.read(READER);
    const page = await parts.objects.outbox(token, PAGE);
    await allOf(page.entries, (entry) => carryOut(parts, entry));
    if (page.token !== token) await parts.bookmarks.save(READER, page.token);
    return page.seen > 0;
  };
  const looping = loop({ name: 'object-relay', pauseMs: 1_000, clock: parts.clock, log: parts.log, round });
  return {
    ...looping,
    drain: async () => {
      while (await looping.once());
    },
  };
};

/** Entries of one object stay in order; the objects of a page go side by side. */
const allOf = async (
  entries: readonly ObjectOutboxEntry[],
  work: (entry: ObjectOutboxEntry) => Promise<void>,
): Promise<void> => {
  const groups = Map.groupBy(entries, ({ of }) => `${of.type}:${of.id}`).values();
  const lanes = await Promise.allSettled(
    [...groups].map(async (group) => {
      for (const entry of group) await work(entry);
    }),
  );
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
};

const carryOut = async (parts: ObjectRelayParts, entry: ObjectOutboxEntry): Promise<void> => {
  const act: Act = { by: { kind: 'desk' }, at: parts.clock.now() };
  for (const effect of entry.effects) await apply(parts, { entry, effect }, act);
  await parts.objects.discharge(entry);
};

interface Waiting {
  readonly entry: ObjectOutboxEntry;
  readonly effect: ObjectEffect;
}

const apply = (parts: ObjectParts, { entry, effect }: Waiting, act: Act): Promise<void> => {
  switch (effect.kind) {
    case 'mirror':
      return mirror(parts, { ...effect, rev: entry.rev }, act);
    case 'absorb':
      return absorb(parts, entry.of, act);
    case 'alias':
      return alias(parts, { id: effect.id, of: entry.of }, act);
  }
};

/** Written first and looked at afterwards: a merge that was decided meanwhile is met either here or by its own effect. */
const mirror = async (
  parts: ObjectParts,
  { link: held, since, gone, rev }: Extract<ObjectEffect, { kind: 'mirror' }> & { rev: number },
  act: Act,
): Promise<void> => {
  await parts.objects.mirror(held, { since, rev, gone });
  if (gone) return;
  const into = await canonical(parts.objects, held.to);
  if (into.id === held.to.id) return;
  await rehome(parts, { of: { link: mirrored(held), inverse: held.label, since, held: false }, into }, act);
};

const alias = async (parts: ObjectParts, { id, of }: { id: string; of: ObjectRef }, act: Act): Promise<void> => {
  const target = { ref: { type: of.type, id }, ...act, create: true, archivedToo: true };
  orLater(
    await changeObject(parts, target, (object, isNew) =>
      Promise.resolve(
        isNew
          ? { object: { ...object, archived: true, mergedInto: of.id }, events: [{ kind: 'merged-into', id: of.id }] }
          : undefined,
      ),
    ),
  );
};

/** First the facts, once, then the associations one by one; each can be met again after a kill. */
const absorb = async (parts: ObjectParts, merged: ObjectRef, act: Act): Promise<void> => {
  const into = await canonical(parts.objects, merged);
  if (into.id === merged.id) return;
  await takeFacts(parts, { merged, into }, act);
  let continuation: string | undefined;
  do {
    const page = await parts.objects.associations(merged, { limit: ASSOCIATIONS, continuation });
    for (const of of page.associations) await rehome(parts, { of, into }, act);
    ({ continuation } = page);
  } while (continuation !== undefined);
};

const takeFacts = async (
  parts: ObjectParts,
  { merged, into }: { merged: ObjectRef; into: ObjectRef },
  act: Act,
): Promise<void> => {
  const { objects } = parts;
  const [loaded, ...successors] = await chainOf(objects, merged);
  const taken = await Promise.all(successors.map(({ object }) => objects.wasAbsorbed(object, merged.id)));
  if (!loaded || taken.includes(true)) return;
  orLater(
    await changeObject(parts, { ref: into, ...act }, async (object) => {
      if (await objects.wasAbsorbed(object, merged.id)) return undefined;
      const { object: after, changes } = absorbing(object, loaded.object, act.at);
      return { object: after, events: [{ kind: 'absorbed', id: merged.id, changes }], absorbed: merged.id };
    }),
  );
};
