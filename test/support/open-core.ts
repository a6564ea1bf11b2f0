import type { Clock } from '../../src/application/ports/clock.ts';
import { type Core, coreOf } from '../../src/core.ts';
import { type DeskConfig, readDeskConfig } from '../../src/desk-config.ts';
import { signedMessageIds } from '../../src/outbound/graph/message-ids.ts';
import { type Shelves, storesOver as over, type Stores } from '../../src/stores.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
export const deskMessageIds = signedMessageIds('only-for-tests-mail-secret');

/** The rules and services of a desk over its stores, with nothing that comes in or goes out. */
export const coreOver = (stores: Stores, { clock, config }: { clock: Clock; config: string | DeskConfig }): Core =>
  coreOf(
    {
      config: typeof config === 'string' ? readDeskConfig(config) : config,
      clock,
      log: silent,
      messageIds: deskMessageIds,
    },
    stores,
  );

/** Every store of the desk over documents that a test keeps in its hands. */
export const storesOver = (shelves: Shelves): Stores => ({
  ...over(shelves),
  searchIsEmpty: false,
  close: () => shelves.store.close(),
});
