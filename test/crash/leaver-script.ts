import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { actorOf } from '../../src/application/ports/directory.ts';
import { readDeskConfig } from '../../src/desk-config.ts';
import { isRefusal, type Refusal } from '../../src/domain/refusals.ts';
import { personId, type TicketId, ticketId } from '../../src/domain/values.ts';
import { machineIdentity } from '../../src/outbound/machine.ts';
import { openStores } from '../../src/stores.ts';
import { coreOver } from '../support/open-core.ts';
import { testClock } from '../support/test-clock.ts';

/**
 * A desk in a process of its own, to be killed while all tickets of one who leaves are moved. With `--tickets` it opens them
 * first and sets the move going; without, it is the desk that was started again. Says a JSON line for each thing that happens.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: '' },
    config: { type: 'string', default: '' },
    tickets: { type: 'string' },
    /** The case to be watched; the desk itself needs no telling. */
    case: { type: 'string', default: '' },
    /** Accepted while tickets are moved: from this one to before that one. */
    late: { type: 'string', default: '0-0' },
    /** Minutes that passed since the first process. */
    later: { type: 'string', default: '0' },
  },
});
const say = (line: object): void => console.log(JSON.stringify(line));

const clock = testClock();
clock.advance({ minutes: Number(values.later) });
const stores = await openStores({ folder: values.folder, clock });
const core = coreOver(stores, { clock, config: values.config });
const { directory } = readDeskConfig(values.config);
const named = (first: string) => {
  const person = directory.people().find(({ name }) => name.startsWith(first));
  if (!person) throw new TypeError(`nobody is called ${first}`);
  return actorOf(person);
};
const [anna, ben, ole, sam, mara] = [named('Anna'), named('Ben'), named('Ole'), named('Sam'), named('Mara')];

const sure = <T extends object>(outcome: T | Refusal): T => {
  if (isRefusal(outcome)) throw new TypeError(`refused: ${outcome.refused}`);
  return outcome;
};
const idOf = (from: string): TicketId => ticketId(machineIdentity.named(`chat|${from}`));
const LATE = 20;

const opens = async (from: string, owner?: typeof anna): Promise<void> => {
  const about = { subject: `The lamp ${from} is dark`, text: 'Please come.', caller: 'Carla <carla@customer.example>' };
  const { ticket } = sure(await core.service.openOnBehalf({ by: sam, from, ...about }));
  if (owner) sure(await core.service.acceptTicket(ticket.id, owner.id));
};

/** Every fifth is resolved, and every seventh waits for its customer. */
const works = async (from: string, n: number): Promise<void> => {
  const act = { id: machineIdentity.named(`work|${from}`) as never, by: anna };
  if (n % 5 === 0) sure(await core.service.act(idOf(from), { ...act, type: 'resolve', text: 'Pull the plug.' }));
  else if (n % 7 === 0) sure(await core.service.act(idOf(from), { ...act, type: 'ask', text: 'Which lamp?' }));
};

const eachOf = async (count: number, act: (n: number) => Promise<void>): Promise<void> => {
  const all = Array.from({ length: count }, (_each, n) => n);
  const lane = async (): Promise<void> => {
    for (let n = all.shift(); n !== undefined; n = all.shift()) await act(n);
  };
  await Promise.all(Array.from({ length: 32 }, lane));
};

const begin = async (tickets: number): Promise<string> => {
  await eachOf(tickets, async (n) => {
    await opens(`hers-${n}`, anna);
    await works(`hers-${n}`, n);
  });
  await eachOf(10, (n) => opens(`his-${n}`, ben));
  await eachOf(LATE, (n) => opens(`late-${n}`));
  await core.settle();
  const wish = {
    owner: anna.id,
    takers: [ben.id, ole.id],
    reason: 'termination',
    evidence: 'Letter of June 3rd.',
  } as const;
  const made = sure(await core.leavers.propose(wish, sam));
  const alone = await core.leavers.confirm(made.id, sam);
  const [first, second] = await Promise.all([core.leavers.confirm(made.id, mara), core.leavers.confirm(made.id, mara)]);
  say({ case: made.id, alone, confirmed: [sure(first).id, sure(second).id] });
  return made.id;
};

/** Says how far it is after each look, and lets the one who leaves accept tickets meanwhile. */
const watch = async (caseId: string): Promise<void> => {
  const [from = 0, to = 0] = values.late.split('-').map(Number);
  let late = from;
  for (;;) {
    const job = (await stores.jobs.find(caseId))?.job;
    if (job?.state === 'done') return;
    say({ done: job?.done ?? 0, of: job?.total ?? 0 });
    if (late < to && job?.state === 'running' && job.done < job.total - 100) {
      sure(await core.service.acceptTicket(idOf(`late-${late}`), personId(anna.id)));
      late += 1;
    } else await pause(2);
  }
};

const caseId = values.tickets === undefined ? values.case : await begin(Number(values.tickets));
const stopping = new AbortController();
const running = core.loops.map((each) => each.run(stopping.signal));
await watch(caseId);
await core.settle();
stopping.abort();
await Promise.all(running);
await stores.close();
say({ ended: true });
