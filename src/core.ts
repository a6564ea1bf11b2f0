import { alarms } from './application/alarms.ts';
import type { AlertDesk } from './application/alert-desk.ts';
import { alertServices } from './application/alert-services.ts';
import { arrivalService, type Receive } from './application/arrival-service.ts';
import { beyondTickets } from './application/beyond.ts';
import { bulkKinds } from './application/bulk-kinds.ts';
import { type BulkService, bulkService } from './application/bulk-service.ts';
import { type ContactService, contactService } from './application/contact-service.ts';
import { type CoverService, coverService } from './application/cover-service.ts';
import { type DeskQueries, deskQueries } from './application/desk-queries.ts';
import { type EnvelopeService, envelopeService } from './application/envelope-service.ts';
import { type JobRunner, jobRunner } from './application/job-runner.ts';
import { type LeaverService, leaverService } from './application/leaver-service.ts';
import { lookForLateSends } from './application/late-sends.ts';
import type { Loop } from './application/loop.ts';
import type { MatrixService } from './application/matrix-service.ts';
import { objectRelay } from './application/object-relay.ts';
import { type ObjectService, objectService } from './application/object-service.ts';
import type { Clock } from './application/ports/clock.ts';
import type { Log } from './application/ports/log.ts';
import type { MessageIds } from './application/ports/message-ids.ts';
import { type Relay, relay } from './application/relay.ts';
import { type RunCommand, runCommand } from './application/run-command.ts';
import { sweepWatch } from './application/sweep-watch.ts';
import { sweeper } from './application/sweeper.ts';
import { tickOf } from './application/ticket-clock.ts';
import { whatIsDue } from './application/what-is-due.ts';
import { type TicketService, ticketService } from './application/ticket-service.ts';
import type { DeskConfig } from './desk-config.ts';
import { defaultPolicy, type Desk } from './domain/policy.ts';
import { machineIdentity } from './outbound/machine.ts';
import { processName, uptime } from './outbound/this-process.ts';
import type { Stores } from './stores.ts';

export interface CoreOptions {
  readonly config: DeskConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly messageIds: MessageIds;
  /** How long a process that fell silent keeps the others from sweeping; 15 unless told. */
  readonly leaseSeconds?: number;
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
  readonly alertDesk: AlertDesk;
  readonly matrix: MatrixService;
  /** Reads the rules of alerts, and sets the timers of those who have a daily digest. */
  start(): Promise<void>;
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
    alertDesk: parts.alerting.alertDesk,
    matrix: parts.alerting.matrix,
    start: () => parts.alerting.start(),
    loops: [loops.relay, loops.objectRelay, loops.sweeping, services.jobs, parts.alerting.learning],
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

const basisOf = (options: CoreOptions, stores: Stores, hints: Hints) => {
  const parts = { ...stores, ...groundOf(options, hints) };
  const alerting = alertServices({ ...parts, ...alertPartsOf(options.config, stores) });
  return { ...parts, alerting, desk: alerting.desk };
};

const alertPartsOf = ({ directory, calendars, alerts, sla, zone }: DeskConfig, { matrixBook }: Stores) => ({
  rules: {
    policy: { ...defaultPolicy, slaOverrides: sla, alertFallback: alerts.fallback },
    calendars,
    roster: directory,
  },
  zone,
  digestAt: alerts.digestAt,
  book: matrixBook,
  configured: alerts,
  known: alerts.known,
});

const groundOf = ({ config, clock, log, leaseSeconds }: CoreOptions, hints: Hints) => ({
  directory: config.directory,
  schema: config.objects,
  identity: machineIdentity,
  clock,
  log,
  leaseSeconds,
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
  const { alerting } = parts;
  return {
    relay: relay({ ...parts, run, beyond, alertDesk: alerting.alertDesk }),
    objectRelay: objectRelay({ ...parts, committed: parts.associated }),
    sweeping: sweeper({
      ...parts,
      watch: watchOf(parts),
      fire: whatIsDue({ covers, leavers, alerting, tick: tickOf({ ...parts, run }) }),
    }),
  };
};

/** Found by a person by its machine and process id; told from another core in the same process by chance. */
const watchOf = (parts: Basis) => {
  const holder = `${processName}:${machineIdentity.random().slice(0, 8)}`;
  const own = { ...parts, holder, uptime, alarms: alarms(parts) };
  return sweepWatch({ ...own, lookForLate: () => lookForLateSends(own) });
};
