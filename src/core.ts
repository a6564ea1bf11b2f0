import { arrivalService, type Receive } from './application/arrival-service.ts';
import { beyondTickets } from './application/beyond.ts';
import { bulkKinds } from './application/bulk-kinds.ts';
import { type BulkService, bulkService } from './application/bulk-service.ts';
import { type ContactService, contactService } from './application/contact-service.ts';
import { type CoverService, coverService, coveredBy } from './application/cover-service.ts';
import { type DeskQueries, deskQueries } from './application/desk-queries.ts';
import { type EnvelopeService, envelopeService } from './application/envelope-service.ts';
import { type JobRunner, jobRunner } from './application/job-runner.ts';
import { caseIn, type LeaverService, leaverService } from './application/leaver-service.ts';
import type { Loop } from './application/loop.ts';
import { objectRelay } from './application/object-relay.ts';
import { type ObjectService, objectService } from './application/object-service.ts';
import type { Clock } from './application/ports/clock.ts';
import type { Log } from './application/ports/log.ts';
import type { MessageIds } from './application/ports/message-ids.ts';
import { type Relay, relay } from './application/relay.ts';
import { type RunCommand, runCommand } from './application/run-command.ts';
import { sweeper } from './application/sweeper.ts';
import { tickOf } from './application/ticket-clock.ts';
import { type TicketService, ticketService } from './application/ticket-service.ts';
import type { DeskConfig } from './desk-config.ts';
import { alwaysOpen } from './domain/calendar.ts';
import { defaultPolicy, type Desk } from './domain/policy.ts';
import { ticketId } from './domain/values.ts';
import { machineIdentity } from './outbound/machine.ts';
import type { Stores } from './stores.ts';

export interface CoreOptions {
  readonly config: DeskConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly messageIds: MessageIds;
}

/** The rules at work over the stores: everything the edges speak to, and the loops between commands and their effects. */
export interface Core {
  readonly desk: Desk;
  readonly service: TicketService;
  readonly envelopes: EnvelopeService;
  readonly receive: Receive;
  readonly objects: ObjectService;
  readonly contacts: ContactService;
  readonly covers: CoverService;
  readonly leavers: LeaverService;
  readonly bulk: BulkService;
  readonly jobs: JobRunner;
  readonly queries: DeskQueries;
  readonly relay: Relay;
  readonly loops: readonly Loop[];
  /** Effects, other tickets, bulk acts and what the clock does, until nothing of it is left to do now. */
  settle(): Promise<void>;
  /** `enqueued`: there is something to send. */
  readonly onEnqueued: (hint: () => void) => void;
}

type Hints = Record<'committed' | 'enqueued' | 'associated', () => void>;

const nothing = (): void => undefined;

export const coreOf = (options: CoreOptions, stores: Stores): Core => {
  const hints: Hints = { committed: nothing, enqueued: nothing, associated: nothing };
  const parts = basisOf(options, stores, hints);
  const run = runCommand(parts);
  const services = servicesOf(parts, run);
  const receive = arrivalService({ ...parts, run, messageIds: options.messageIds });
  const loops = loopsOf(parts, services, run);
  hints.committed = loops.relay.hint;
  hints.associated = loops.objectRelay.hint;
  return {
    desk: parts.desk,
    ...services,
    queries: deskQueries(parts),
    receive,
    relay: loops.relay,
    loops: [loops.relay, loops.objectRelay, loops.sweeping, services.jobs],
    settle: async () => {
      for (let more = true; more; more = await workedOff(loops, services.jobs)) {
        await loops.relay.drain();
        await loops.objectRelay.drain();
      }
    },
    onEnqueued: (hint) => {
      hints.enqueued = hint;
    },
  };
};

type Loops = ReturnType<typeof loopsOf>;

/** Whether the clock or a bulk act did something that leaves new effects behind. */
const workedOff = async ({ sweeping }: Loops, jobs: JobRunner): Promise<boolean> => {
  const swept = await sweeping.once();
  const worked = await jobs.once();
  return swept || worked;
};

const basisOf = ({ config, clock, log }: CoreOptions, stores: Stores, hints: Hints) => ({
  ...stores,
  desk: { policy: defaultPolicy, calendar: alwaysOpen, roster: config.directory } satisfies Desk,
  directory: config.directory,
  schema: config.objects,
  identity: machineIdentity,
  clock,
  log,
  committed: () => {
    hints.committed();
  },
  enqueued: () => {
    hints.enqueued();
  },
  associated: () => {
    hints.associated();
  },
});

type Basis = ReturnType<typeof basisOf>;

const servicesOf = (parts: Basis, run: RunCommand) => {
  const service = ticketService({ ...parts, run });
  const objects = objectService({ ...parts, committed: parts.associated });
  const covers = coverService(parts);
  let wentOn: LeaverService['wentOn'] = () => Promise.resolve();
  const jobs = jobRunner({
    ...parts,
    kinds: bulkKinds(service),
    progressed: async (job) => {
      await parts.deliveries.enqueue(
        { channel: 'teams', kind: 'person-card', to: job.by.id, card: 'job', subject: job.id, rev: job.rev },
        parts.clock.now(),
      );
      parts.enqueued();
      await wentOn(job);
    },
  });
  const leavers = leaverService({ ...parts, cases: parts.leavers, jobs });
  wentOn = leavers.wentOn;
  const bulk = bulkService({ ...parts, jobs });
  const envelopes = envelopeService({ service, directory: parts.directory });
  const contacts = contactService({ ...parts, objects });
  return { service, envelopes, objects, contacts, covers, leavers, bulk, jobs };
};

const loopsOf = (parts: Basis, services: ReturnType<typeof servicesOf>, run: RunCommand) => {
  const { covers, leavers, bulk, objects } = services;
  const beyond = beyondTickets({ ...parts, covers, bulk, objects, storm: parts });
  const tick = tickOf({ ...parts, run });
  return {
    relay: relay({ ...parts, run, beyond }),
    objectRelay: objectRelay({ ...parts, committed: parts.associated }),
    sweeping: sweeper({
      ...parts,
      fire: (subject, { now, rev }) => {
        const [owner, leaving] = [coveredBy(subject), caseIn(subject)];
        if (owner !== undefined) return covers.ended(owner, now);
        return leaving === undefined ? tick(ticketId(subject), now) : leavers.ask(leaving, { rev, now });
      },
    }),
  };
};
