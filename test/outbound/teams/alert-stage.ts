import { alertsOn } from '../../../src/domain/alert-explain.ts';
import { alertDesk } from '../../../src/application/alert-desk.ts';
import { alertStory, rollUpStory } from '../../../src/application/alert-queries.ts';
import type { AlertLine } from '../../../src/application/ports/alert-ledger.ts';
import type { InternalMail } from '../../../src/application/ports/internal-mail.ts';
import type { Stories } from '../../../src/application/ports/stories.ts';
import type { AlertRule } from '../../../src/domain/alert-rules.ts';
import type { Desk } from '../../../src/domain/policy.ts';
import type { Person, Team } from '../../../src/domain/roster.ts';
import { type PersonActor, type PersonId, type TeamId, type TicketId } from '../../../src/domain/values.ts';
import { botAdapter } from '../../../src/inbound/teams/adapter.ts';
import { type ChannelMirror, openChannelMirror } from '../../../src/local/teams/mirror.ts';
import { deliverDue } from '../../../src/outbound/deliver.ts';
import { teamsConnector } from '../../../src/outbound/teams/connector.ts';
import { teamsSender } from '../../../src/outbound/teams/teams-sender.ts';
import { alertDocuments } from '../../../src/store/alert-documents.ts';
import { conversationDocuments } from '../../../src/store/conversation-documents.ts';
import { deliveryDocuments } from '../../../src/store/delivery-documents.ts';
import { ticketDocuments } from '../../../src/store/ticket-documents.ts';
import { anotherTicket, arrivesAs, inOwnRoom } from '../../store/desk-store.ts';
import type { DocumentStore } from '../../../src/application/ports/document-store.ts';
import { type Deed, frame, theDesk } from '../../support/deeds.ts';
import { PEOPLE, rosterWith } from '../../support/desk-roster.ts';
import { aDesk, after, minutes, monday, tell } from '../../support/given.ts';

/** Alerts of a ticket, from the deed that raises them to what Teams is told, against the mirror on the real connector. */
export interface AlertStage {
  readonly mirror: ChannelMirror;
  readonly parts: Parameters<typeof teamsSender>[0];
  /** A new ticket in the queue of Service. */
  arrives(): Promise<TicketId>;
  does(id: TicketId, deed: Deed): Promise<void>;
  /** Lets so many minutes pass; then the ticket's clock is looked at and all that is due is sent. */
  waits(id: TicketId, count: number): Promise<void>;
  /** Looks at the ticket's clock now, and sends nothing yet. */
  looksAt(id: TicketId): Promise<void>;
  /** Only the time. */
  passes(count: number): void;
  sends(): Promise<void>;
  /** From then on the configuration does not name them. */
  leaves(person: PersonActor): void;
  lines(id: TicketId): Promise<readonly AlertLine[]>;
  readonly mails: readonly InternalMail[];
  /** What was given up. */
  dead(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export const SERVICE_CHANNEL = '19:service@thread.tacv2';
export const WAR_ROOM = '19:war-room@thread.v2';

/** Ten minutes in the queue tell the tech, twenty the supervisor, thirty the manager. */
const RULES: readonly AlertRule[] = ([1, 2, 3] as const).map((level) => ({
  ...{ subject: '*', team: '*', priority: '*', type: '*', condition: 'NOT_ASSIGNED', delivery: 'card' },
  level,
  thresholdMinutes: level * 10,
}));

export interface AlertWishes {
  readonly people?: readonly Person[];
  readonly teams?: readonly Team[];
  readonly rules?: readonly AlertRule[];
}

const TENANT = '11111111-1111-4111-8111-111111111111';
const APP = '22222222-2222-4222-8222-222222222222';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const openMirror = (): Promise<ChannelMirror> =>
  openChannelMirror({
    botUrl: 'http://127.0.0.1:9/nobody-asks',
    appId: APP,
    tenantId: TENANT,
    people: PEOPLE.map(({ id, name, mail }) => ({ id, name, mail, teamsId: `29:${id}` })),
    team: { id: '19:desk@thread.tacv2', name: 'Desk', aadGroupId: '33333333-3333-4333-8333-333333333333' },
    channels: [{ id: SERVICE_CHANNEL, name: 'Service' }],
    chats: [{ id: WAR_ROOM, name: 'War room', members: PEOPLE.map(({ id }) => id) }],
  });

export const alertStage = async (store: DocumentStore, wishes: AlertWishes = {}): Promise<AlertStage> => {
  let now = monday;
  const own = inOwnRoom(store);
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  let roster = rosterWith(wishes);
  const directory = {
    person: (id: PersonId) => roster.person(id),
    team: (id: TeamId) => roster.team(id),
    people: () => roster.people(),
    teams: () => roster.teams(),
    mailboxes: () => [],
  };
  const desk: Desk = {
    ...aDesk,
    roster: directory,
    matrix: () => ({ rules: wishes.rules ?? RULES, defaults: false }),
  };
  const tickets = ticketDocuments(own);
  const alerts = alertDocuments(own);
  const deliveries = deliveryDocuments(own);
  const mirror = await openMirror();
  const read = async (id: TicketId) => {
    const loaded = await tickets.load(id);
    if (!loaded) return undefined;
    const { ticket } = loaded;
    return { ticket, entries: [], clocks: { on: alertsOn({ ticket, desk, at: clock.now() }) } };
  };
  const asked = { tickets, alerts, desk, directory, clock };
  const stories = {
    actsFor: () => Promise.resolve(false),
    alert: (id: TicketId, episode: number) => alertStory(asked, read, { id, episode }),
    rollUp: (subject: string) => rollUpStory(asked, subject),
    alertsOf: async (id: TicketId) => {
      const story = await read(id);
      return story && { ...story, on: [], running: [], lines: await alerts.ofTicket(id) };
    },
  } as unknown as Stories;
  const mails: InternalMail[] = [];
  const parts = {
    connector: teamsConnector({
      adapter: botAdapter({ accessToken: () => Promise.resolve('none') }, silent),
      appId: APP,
      serviceUrl: mirror.url,
    }),
    conversations: conversationDocuments(own),
    stories,
    directory,
    clock,
    alerts,
    deliveries,
    home: { serviceUrl: mirror.url, tenantId: TENANT, botId: `28:${APP}` },
    zone: 'UTC',
  };
  const desked = alertDesk({ alerts, deliveries, desk, clock, enqueued: () => undefined });
  const senders = {
    mail: () => Promise.resolve(),
    'internal-mail': ({ mail }: { readonly mail: InternalMail }) => {
      mails.push(mail);
      return Promise.resolve();
    },
    teams: teamsSender(parts),
  };
  const sends = async (): Promise<void> => {
    while (await deliverDue({ deliveries, senders, clock, log: silent }));
  };
  const does = async (id: TicketId, deed: Deed): Promise<void> => {
    const loaded = await tickets.load(id);
    const { story } = tell({ ticket: loaded?.ticket, recorded: [], effects: [], now }, deed, desk);
    const { ticket, recorded, effects } = story;
    if (!ticket || recorded.length === 0) return;
    await tickets.commit({
      commandId: frame(now).id,
      ticket,
      recorded,
      effects,
      ...(loaded ? { etag: loaded.etag } : {}),
    });
    for (const effect of effects) {
      if (effect.kind === 'alert') await desked.raised(effect, id);
      if (effect.kind === 'alert-changed') await desked.changed(effect, id);
    }
  };
  const passes = (count: number): void => {
    now = after(now, minutes(count));
  };
  const looksAt = (id: TicketId): Promise<void> => does(id, (at) => ({ ...frame(at), type: 'tick', by: theDesk }));
  return {
    mirror,
    parts,
    arrives: async () => {
      const id = anotherTicket();
      await does(id, arrivesAs(id));
      return id;
    },
    does,
    waits: async (id, count) => {
      passes(count);
      await looksAt(id);
      await sends();
    },
    looksAt,
    passes,
    sends,
    leaves: ({ id }) => {
      roster = rosterWith({ ...wishes, people: roster.people().filter((each) => each.id !== id) });
    },
    lines: (id) => alerts.ofTicket(id),
    mails,
    dead: async () => (await deliveries.dead('teams', 50)).map(({ id }) => id),
    close: () => mirror.stop(),
  };
};

export const chatOf = ({ id }: PersonActor): string => `personal:${id}`;
