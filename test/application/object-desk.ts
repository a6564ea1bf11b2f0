import { afterAll, beforeAll } from '@jest/globals';
import { objectRelay } from '../../src/application/object-relay.ts';
import type { ObjectParts, ObjectSchema } from '../../src/application/object-changes.ts';
import { objectService, type ObjectService } from '../../src/application/object-service.ts';
import type { DocumentStore } from '../../src/application/ports/document-store.ts';
import type { ObjectStore } from '../../src/application/ports/objects.ts';
import type { Relay } from '../../src/application/relay.ts';
import { BUILT_IN_LABELS } from '../../src/domain/association.ts';
import { type DeskObject, isObjectRefusal, type ObjectRef, type ObjectRefusal } from '../../src/domain/objects.ts';
import { objectProperties } from '../../src/domain/property-definitions.ts';
import { machineIdentity } from '../../src/outbound/machine.ts';
import { CONTAINERS } from '../../src/store/containers.ts';
import { objectDocuments } from '../../src/store/object-documents.ts';
import { openSqliteStore } from '../../src/store/sqlite/document-store.ts';
import { bookmarkDocuments } from '../../src/store/system-documents.ts';
import { temporaryFolder } from '../store/sqlite/sqlite-folder.ts';
import { ana, theDesk } from '../support/deeds.ts';
import { monday } from '../support/given.ts';
import { type HandClock, handClock, listening } from './parts.ts';

export const byAna = { by: ana, at: monday };
export const byTheDesk = { by: theDesk, at: monday };

const label = (text: string) => ({ en: text, de: text });

/** A desk whose contacts have a number of their own, and whose tickets name an asset. */
const schema: ObjectSchema = {
  properties: objectProperties({
    contact: [{ name: 'customer_number', label: label('Customer number'), type: 'string', unique: true }],
    ticket: [{ name: 'asset', label: label('Asset'), type: 'string', unique: true }],
  }),
  labels: [
    ...BUILT_IN_LABELS,
    { from: 'contact', to: 'contact', name: 'colleague', inverse: 'colleague' },
    { from: 'contact', to: 'contact', name: 'manager', inverse: 'reports_to' },
  ],
  ownDomains: ['desk.example'],
};

/** The part of the desk that knows objects, as one process has it. */
export interface ObjectProcess {
  readonly service: ObjectService;
  readonly relay: Relay;
  readonly objects: ObjectStore;
  readonly parts: ObjectParts;
}

export const processOn = (store: DocumentStore, clock: HandClock = handClock()): ObjectProcess => {
  const objects = objectDocuments(store);
  const parts = { objects, identity: machineIdentity, schema, committed: () => undefined };
  const relay = objectRelay({ ...parts, bookmarks: bookmarkDocuments(store), clock, log: listening() });
  return { service: objectService(parts), relay, objects, parts };
};

export interface ObjectDesk extends ObjectProcess {
  readonly store: DocumentStore;
  /** The database is closed and opened again, and a new process begins on it. */
  restarts(): Promise<void>;
}

const openedIn = (folder: string): Promise<DocumentStore> =>
  openSqliteStore({ folder, containers: structuredClone(CONTAINERS), now: () => Date.parse(monday) });

/** A real database for the objects of one test file. */
export const objectDesk = (): ObjectDesk => {
  let at = { folder: '', remove: (): Promise<void> => Promise.resolve() };
  const open = async (): Promise<void> => {
    const store = await openedIn(at.folder);
    Object.assign(desk, { store, ...processOn(store) });
  };
  const begin = async (): Promise<void> => {
    at = await temporaryFolder();
    await open();
  };
  const end = async (): Promise<void> => {
    await desk.store.close();
    await at.remove();
  };
  const desk = {
    restarts: async () => {
      await desk.store.close();
      await open();
    },
  } as ObjectDesk;
  beforeAll(begin);
  afterAll(() => end());
  return desk;
};

/** What was answered, which must not be a refusal. */
export const done = async <Outcome extends object>(answer: Promise<Outcome | ObjectRefusal>): Promise<Outcome> => {
  const outcome = await answer;
  if (isObjectRefusal(outcome)) throw new TypeError(`refused: ${JSON.stringify(outcome)}`);
  return outcome as Outcome;
};

export const aContact = (desk: ObjectProcess, address: string, name = ''): Promise<DeskObject> =>
  done(desk.service.ensureContact({ address, name, at: monday }));

export const ticketNamed = (id: string): ObjectRef => ({ type: 'ticket', id });

/** "label → type id" of everything an object is associated with, sorted. */
export const joinedTo = async ({ service }: ObjectProcess, { type, id }: ObjectRef): Promise<string[]> => {
  const found: string[] = [];
  let continuation: string | undefined;
  do {
    const page = await service.associationsOf(type, id, { limit: 3, continuation });
    found.push(...page.associations.map(({ link }) => `${link.label} → ${link.to.type} ${link.to.id}`));
    ({ continuation } = page);
  } while (continuation !== undefined);
  return found.sort();
};
