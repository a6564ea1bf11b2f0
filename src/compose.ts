import { arrivalService, type Receive } from './application/arrival-service.ts';
import type { TicketStore } from './application/ports/ticket-store.ts';
import { runCommand } from './application/run-command.ts';
import { ticketService, type TicketService } from './application/ticket-service.ts';
import { alwaysOpen } from './domain/calendar.ts';
import { defaultPolicy } from './domain/policy.ts';
import { type Core, type DeskOptions, edgesOf, messageIdsOf } from './edges.ts';
import { httpServer } from './inbound/http/server.ts';
import { machineIdentity } from './outbound/machine.ts';
import { openStores, type Stores } from './stores.ts';

/** A desk at work. */
export interface RunningDesk {
  readonly port: number;
  readonly service: TicketService;
  readonly receive: Receive;
  readonly tickets: TicketStore;
  /** Reads all mail, carries out all effects and sends all that is due now: for tests and scripts. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Builds the desk from its concrete parts: the stores (stores.ts), the rules and services here, mail and Teams (edges.ts).
 * Only these three files know a concrete part.
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
  const core = coreOf(options, stores);
  const edges = edgesOf(options, stores, core);
  const server = await httpServer({
    host: options.settings.host,
    port: options.settings.port,
    routes: edges.routes,
    log: options.log,
  });
  const stopping = new AbortController();
  const running = edges.loops.map((each) => each.run(stopping.signal));
  return {
    port: server.port,
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

const coreOf = (options: DeskOptions, stores: Stores): Core => {
  let hint = (): void => undefined;
  const { clock, config } = options;
  const shared = {
    tickets: stores.tickets,
    numbers: stores.numbers,
    directory: config.directory,
    identity: machineIdentity,
    clock,
  };
  const run = runCommand({
    tickets: stores.tickets,
    desk: { policy: defaultPolicy, calendar: alwaysOpen },
    committed: () => {
      hint();
    },
  });
  return {
    service: ticketService({ ...shared, run }),
    receive: arrivalService({ ...shared, run, queues: stores.queues, messageIds: messageIdsOf(options) }),
    onCommit: (next) => {
      hint = next;
    },
  };
};
