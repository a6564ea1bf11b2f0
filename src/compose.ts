import { type Core, coreOf } from './core.ts';
import { type DeskOptions, edgesOf, messageIdsOf } from './edges.ts';
import { httpServer } from './inbound/http/server.ts';
import { openStores, type Stores } from './stores.ts';

/** A desk at work. */
export interface RunningDesk {
  readonly port: number;
  readonly core: Core;
  readonly stores: Stores;
  readonly service: Core['service'];
  readonly receive: Core['receive'];
  readonly tickets: Stores['tickets'];
  /** Reads all mail, carries out all effects and sends all that is due now: for tests and scripts. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Builds the desk from its concrete parts: the stores (stores.ts), rules and services (core.ts), mail and Teams
 * (edges.ts). Only these four files know a concrete part.
 */
export const startDesk = async (options: DeskOptions): Promise<RunningDesk> => {
  const stores = await openStores({ folder: options.settings.dataFolder, clock: options.clock });
  try {
    return await wire(options, stores);
  } catch (fault) {
    await stores.close();
    throw fault;
  }
};

/** What is under way may end; what hangs is left to its lease. */
const STOP_WITHIN_MS = 8_000;

const wire = async (options: DeskOptions, stores: Stores): Promise<RunningDesk> => {
  const core = coreOf({ ...options, messageIds: messageIdsOf(options) }, stores);
  const edges = edgesOf(options, stores, core);
  const server = await httpServer({
    host: options.settings.host,
    port: options.settings.port,
    routes: edges.routes,
    log: options.log,
  });
  const stopping = new AbortController();
  await core.start();
  await core.covers.coverAbsent();
  const running = edges.loops.map((each) => each.run(stopping.signal));
  return {
    port: server.port,
    core,
    stores,
    service: core.service,
    receive: core.receive,
    tickets: stores.tickets,
    settle: edges.settle,
    stop: async () => {
      stopping.abort();
      await server.close();
      await Promise.race([Promise.all(running), options.clock.sleep(STOP_WITHIN_MS)]);
      await stores.close();
    },
  };
};
