import { parseArgs } from 'node:util';
import { coreOf } from '../../src/core.ts';
import { readDeskConfig } from '../../src/desk-config.ts';
import { systemClock } from '../../src/outbound/machine.ts';
import { openBlobFiles } from '../../src/store/blob/files.ts';
import { openTicketSearch } from '../../src/store/sqlite/ticket-search.ts';
import { deskMessageIds, storesOver } from '../support/open-core.ts';
import { storeClient } from '../support/store-client.ts';

/**
 * The rules and loops of a desk in a process of its own, on a database that several processes share. Says a JSON line for each
 * entry of its log, and works until it is killed.
 */
const { values } = parseArgs({
  options: {
    store: { type: 'string', default: '' },
    /** Of its own: words and bytes are not what is shared here. */
    folder: { type: 'string', default: '' },
    config: { type: 'string', default: '' },
    lease: { type: 'string', default: '' },
  },
});
const say = (event: string, fields: Readonly<Record<string, unknown>> = {}): void => {
  console.log(JSON.stringify({ event, ...fields }));
};

const { folder } = values;
const search = await openTicketSearch({ folder });
const blobs = await openBlobFiles({ folder });
const stores = storesOver({ store: storeClient(values.store), search, blobs, clock: systemClock });
const core = coreOf(
  {
    config: readDeskConfig(values.config),
    clock: systemClock,
    log: { info: say, warn: say, error: say },
    messageIds: deskMessageIds,
    leaseSeconds: Number(values.lease),
  },
  stores,
);
say('started');
await Promise.all(core.loops.map((each) => each.run(new AbortController().signal)));
