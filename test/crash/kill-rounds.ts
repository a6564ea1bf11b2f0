import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { readDeskConfig } from '../../src/desk-config.ts';
import { secretsIn } from '../../src/local/secrets.ts';
import { type LocalTenant, openTenant } from '../../src/local/tenant.ts';
import { personalChat } from '../../src/local/teams/tenant.ts';
import { signedMessageIds } from '../../src/outbound/graph/message-ids.ts';
import { type Agents, agentsAtWork, ticketsIn } from './agents.ts';
import { audit } from './audit.ts';
import { type Books, isKept, readBooks, readWaiting, type Waiting } from './books.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type Customers, openCustomers } from './customers.ts';
import type { Finding } from './findings.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import { armTroubles, type Moment, theMoment } from './troubles.ts';

export interface KillWishes {
  /** The repository's folder. */
  readonly root: string;
  readonly rounds: number;
  /** Mails a round. */
  readonly mails: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

interface Stage {
  readonly tenant: LocalTenant;
  readonly desk: string;
  readonly channel: string;
  readonly mailSecret: string;
  readonly ledger: Ledger;
  readonly chance: Chance;
  readonly customers: Customers;
  readonly agents: Agents;
}

/** Taps on their way at the moment of the kill. */
const IN_FLIGHT = 3;
/** Longer than a lease (60 s), the wait after an unanswered send (30 s) and a few attempts together. */
const SETTLED_WITHIN_MS = 200_000;

const openStage = async ({ root, seed }: KillWishes, folder: string): Promise<Stage> => {
  const tenant = await openTenant({ root, folder, ports: { product: 0, mirror: 0, smtp: 0 }, seed: false });
  const { directory } = readDeskConfig(path.join(root, 'config/desk.json'));
  const [ledger, chance, desk] = [emptyLedger(), chanceOf(seed), path.join(folder, 'desk')];
  const { mailSecret } = secretsIn(folder);
  const channel = directory.teams()[0]?.channel.id ?? '';
  return {
    tenant,
    desk,
    channel,
    mailSecret,
    ledger,
    chance,
    customers: openCustomers({
      graph: tenant.graph,
      messageIds: signedMessageIds(mailSecret),
      mailboxes: directory.mailboxes().map(({ address }) => address),
      ledger,
      chance,
    }),
    agents: agentsAtWork({
      mirror: tenant.mirror,
      channel,
      people: tenant.people.slice(0, 2),
      ledger,
      chance,
      isKept: (ticketId, words) => isKept(desk, ticketId, words),
    }),
  };
};

/** Work comes from all sides, the product dies in the middle of it, is started again, and people look what became of their taps. */
const oneRound = async (stage: Stage, moment: Moment, mails: number): Promise<void> => {
  const { tenant, desk, chance, ledger, customers, agents } = stage;
  armTroubles(tenant, chance);
  let dead = false;
  const work = [customers.write(mails), agents.work(() => dead)];
  await theMoment(moment, {
    found: () => readWaiting(desk).inboxRows,
    sent: () => tenant.graph.sentMail().length,
    chance,
  });
  for (let taps = IN_FLIGHT; taps > 0; taps -= 1) work.push(agents.tap());
  await after(chance.below(12));
  const dying = tenant.product().stop('SIGKILL');
  dead = true;
  ledger.kills.push(Date.now());
  await Promise.all([dying, ...work]);
  await tenant.restart();
  await agents.tapAgain();
};

/** A few tickets to begin with, so that there is something to tap in the first round. */
const warmUp = async ({ tenant, desk, channel, customers, ledger }: Stage): Promise<void> => {
  await customers.write(4);
  const seen = (): number => new Set(ticketsIn(tenant.mirror, channel)).size;
  for (const until = Date.now() + 30_000; seen() < ledger.mails.length && Date.now() < until;) await after(50);
  for (const until = Date.now() + 10_000; readWaiting(desk).deliveries > 0 && Date.now() < until;) await after(50);
};

const settled = ({ inboxRows, unworked, outbox, deliveries, reserved }: Waiting, { mails }: Ledger): boolean =>
  inboxRows >= mails.length && unworked + outbox + deliveries + reserved === 0;

const wordsOf = ({ inboxRows, unworked, outbox, deliveries, reserved }: Waiting): string =>
  `${inboxRows} mails found, ${unworked} to work, ${outbox} outbox entries, ${deliveries} to send, ${reserved} reserved`;

const settle = async ({ tenant, desk, ledger }: Stage, say: KillWishes['say']): Promise<void> => {
  tenant.graph.clearFaults();
  tenant.mirror.clearFaults();
  const began = Date.now();
  let waiting = readWaiting(desk);
  for (let said = began; !settled(waiting, ledger) && Date.now() - began < SETTLED_WITHIN_MS;) {
    await after(500);
    waiting = readWaiting(desk);
    if (Date.now() - said > 10_000) {
      said = Date.now();
      say(`  ${wordsOf(waiting)}`);
    }
  }
  say(`settled after ${Math.round((Date.now() - began) / 1_000)} s: ${wordsOf(waiting)}`);
  await tenant.graph.idle();
};

/** Many mails alike: the lead's card stands for no ticket, and is no notice to an owner. */
const isStormCard = (activity: object): boolean => JSON.stringify(activity).includes('"verb":"storm-link"');

const look = ({ tenant, channel, mailSecret, ledger }: Stage, books: Books): readonly Finding[] => {
  const messageIds = signedMessageIds(mailSecret);
  return audit({
    ledger,
    books,
    sent: tenant.graph.sentMail().map(({ internetMessageId }) => internetMessageId),
    posted: ticketsIn(tenant.mirror, channel),
    notified: tenant.people.flatMap(({ id }) =>
      tenant.mirror.posts(personalChat({ id })).flatMap(({ activity }) => (isStormCard(activity) ? [] : [id])),
    ),
    messageIdOf: (ticket, rev) => (ticket.thread ? messageIds.of(ticket.id, rev, ticket.thread.mailbox) : ''),
  });
};

/** How hard it was: a proof in which nothing was ever interrupted proves nothing. */
const summary = ({ ledger: { mails, taps, kills } }: Stage, { deliveries }: Books): string => {
  const told = (word: string): number => taps.filter((tap) => tap.told === word).length;
  const again = taps.filter(({ times }) => times > 1).length;
  const repeated = deliveries.filter(({ attempts }) => attempts > 1).length;
  return [
    `${kills.length} kills, ${mails.length} mails`,
    `${taps.length} taps (${told('told')} seen done, ${told('refused')} refused, ${told('lost')} never answered; ${again} tapped again)`,
    `${repeated} sends begun more than once`,
  ].join('; ');
};

/**
 * The real product in its own process, killed with SIGKILL once a round in the middle of its work; mail service, Teams and
 * people live on in this process. Afterwards everything that went in is compared with what was kept and what came out.
 */
export const killRounds = async (wishes: KillWishes): Promise<readonly Finding[]> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'desk-kill-'));
  const stage = await openStage(wishes, folder);
  try {
    await warmUp(stage);
    for (let round = 1; round <= wishes.rounds; round += 1) {
      const moment = round % 2 === 1 ? 'ingest' : 'sending';
      await oneRound(stage, moment, wishes.mails);
      wishes.say(`round ${round}/${wishes.rounds}, killed during ${moment}: ${wordsOf(readWaiting(stage.desk))}`);
    }
    await settle(stage, wishes.say);
    await stage.tenant.product().stop();
    const books = readBooks(stage.desk);
    wishes.say(summary(stage, books));
    return look(stage, books);
  } finally {
    stage.customers.close();
    await stage.tenant.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
