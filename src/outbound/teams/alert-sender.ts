import { DeliveryError } from '../../application/errors.ts';
import { type AlertAddress, type AlertLine, lineId } from '../../application/ports/alert-ledger.ts';
import type { DeliveryJob } from '../../application/ports/deliveries.ts';
import { actorOf } from '../../application/ports/directory.ts';
import type { AlertStory } from '../../application/ports/stories.ts';
import type { Team } from '../../domain/roster.ts';
import { type Instant, millisecondsOf, type TeamId, type TicketId } from '../../domain/values.ts';
import { alertCard } from '../../views/alert-card.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { mailAlert } from './alert-mailer.ts';
import { addressesOf, type AlertPost, isSameAddress, isUntold, postsAt } from './alert-route.ts';
import {
  accepted,
  failedFor,
  handedOver,
  hasWaited,
  marked,
  movedOn,
  PATIENCE_MS,
  spared,
  tellAbove,
} from './alert-told.ts';
import { readerFor } from './notice-cards.ts';
import { chatWith, keepUp, postIn, postToChannel } from './posted-card.ts';
import type { SendingParts } from './sending-parts.ts';

type AlertJob = Extract<DeliveryJob, { kind: 'alert' }>;

/**
 * Shows an alert at one address: posted once, edited afterwards, quiet when it is over. Who cannot be told there (403, 404, or
 * no answer for two minutes) is told at the next address in the same call: the team's channel, then a mail; of a 403 and 404
 * the level above learns. Ticket by ticket in this process, so that several who move to a channel share a post; two processes
 * may post one twice. Errors: DeliveryError.
 */
export const alertSender = (parts: SendingParts): ((job: AlertJob) => Promise<void>) => {
  const turns = new Map<TicketId, Promise<void>>();
  return (job) => {
    const turn = (turns.get(job.ticketId) ?? Promise.resolve()).catch(() => undefined).then(() => send(parts, job));
    turns.set(job.ticketId, turn);
    return turn.finally(() => {
      if (turns.get(job.ticketId) === turn) turns.delete(job.ticketId);
    });
  };
};

const storyOf = async ({ stories }: SendingParts, { ticketId, episode }: AlertJob): Promise<AlertStory> => {
  const story = await stories.alert(ticketId, episode);
  if (!story) throw new DeliveryError('dead', 'Nobody was ever told of the alert');
  return story;
};

/** Also what an earlier attempt sent on from here, and was ended before it was told. */
const send = async (parts: SendingParts, job: AlertJob): Promise<void> => {
  const { lines, facts } = await storyOf(parts, job);
  const ofRepeat = lines.filter(({ repeat }) => repeat === job.repeat);
  const sentOn = ofRepeat.filter(
    (line) => isUntold(line) && line.tried?.some(({ address }) => isSameAddress(address, job.address)),
  );
  await show(parts, job, job.address);
  for (const address of addressesOf(sentOn)) await show(parts, job, address);
  if (facts && job.held) waitFor(postsAt(ofRepeat, job.address, parts.clock.now()).held, parts.clock.now());
};

/** Asked for again meanwhile, it may come too early: what quiet hours hold still has its time. What may not wait goes beside it. */
const waitFor = (held: readonly AlertLine[], now: Instant): void => {
  const until = held.flatMap(({ heldUntil }) => heldUntil ?? []).sort()[0];
  if (until === undefined) return;
  const retryAfterMs = Math.max(1_000, millisecondsOf(until) - millisecondsOf(now));
  throw new DeliveryError('retry', `Quiet hours hold it until ${until}`, { retryAfterMs });
};

const show = async (parts: SendingParts, job: AlertJob, address: AlertAddress): Promise<void> => {
  const story = await storyOf(parts, job);
  const ofRepeat = story.lines.filter(({ repeat }) => repeat === job.repeat);
  const { posts, held } = postsAt(ofRepeat, address, parts.clock.now());
  if (!story.facts) await marked(parts, held, spared);
  for (const post of posts) await showPost(parts, { job, story, address, post });
};

interface Showing {
  readonly job: AlertJob;
  readonly story: AlertStory;
  readonly address: AlertAddress;
  readonly post: AlertPost;
}

const showPost = async (parts: SendingParts, showing: Showing): Promise<void> => {
  const { story, address, post, job } = showing;
  if (!story.facts) return quieten(parts, showing);
  const untold = post.lines.filter(isUntold);
  if (address.kind === 'mail') return mailAlert(parts, story, untold);
  if (address.kind === 'personal' && !parts.directory.person(address.person)) return nobodyThere(parts, untold);
  const handed = await marked(parts, untold, handedOver);
  if (handed.length === 0 && untold.length === post.lines.length) return;
  try {
    const card = await cardFor(parts, showing);
    const slot = { subject: job.ticketId, slot: post.slot, rev: job.rev, card };
    await keepUp(parts, slot, () => place(parts, address, card));
  } catch (fault) {
    await sendOn(parts, { job, handed, fault });
    return;
  }
  await marked(parts, handed, accepted);
};

/** What was shown turns quiet; what was not is spared. A post that is gone stays away. */
const quieten = async (parts: SendingParts, showing: Showing): Promise<void> => {
  const { job, address, post } = showing;
  const known = await parts.conversations.card(job.ticketId, post.slot);
  if (known) await marked(parts, post.lines, accepted);
  await marked(parts, post.lines, spared);
  if (!known || (address.kind === 'personal' && !parts.directory.person(address.person))) return;
  await keepUp(parts, { subject: job.ticketId, slot: post.slot, rev: job.rev, card: await cardFor(parts, showing) });
};

const nobodyThere = async (parts: SendingParts, lines: readonly AlertLine[]): Promise<void> => {
  await tellAbove(parts, lines);
  await marked(parts, lines, failedFor('The person is not in the configuration'));
};

interface NotTaken {
  readonly job: AlertJob;
  readonly handed: readonly AlertLine[];
  readonly fault: unknown;
}

const sendOn = async (parts: SendingParts, { job, handed, fault }: NotTaken): Promise<void> => {
  if (!(fault instanceof DeliveryError)) throw fault;
  const isDead = fault.outcome === 'dead';
  const lost = handed.filter((line) => isDead || hasWaited(line, parts.clock.now()));
  if (lost.length === 0) throw soonEnough(fault);
  if (isDead) await tellAbove(parts, lost);
  await marked(parts, lost, movedOn(fault.message));
  const names = new Set(lost.map(lineId));
  const { lines } = await storyOf(parts, job);
  const moved = lines.filter((line) => names.has(lineId(line)) && isUntold(line));
  for (const address of addressesOf(moved)) await show(parts, job, address);
  if (lost.length < handed.length) throw soonEnough(fault);
};

/** However long Teams asks to wait: when patience ends, the next channel is tried. */
const soonEnough = (fault: DeliveryError): DeliveryError => {
  const { outcome, message, retryAfterMs = 0 } = fault;
  return retryAfterMs > PATIENCE_MS
    ? new DeliveryError(outcome, message, { cause: fault, retryAfterMs: PATIENCE_MS })
    : fault;
};

const teamOf = ({ directory }: SendingParts, id: TeamId): Team => {
  const team = directory.team(id);
  if (!team) throw new DeliveryError('dead', `Team ${id} is not in the configuration`);
  return team;
};

/** In a person's own chat with what they may do; elsewhere the same for everybody, who it is for mentioned. */
const cardFor = async (parts: SendingParts, { story, address, post }: Showing): Promise<AdaptiveCard> => {
  const { directory, zone } = parts;
  const drawn = { story, now: parts.clock.now(), teamNameOf: (id: TeamId) => directory.team(id)?.name ?? id };
  const person = address.kind === 'personal' ? directory.person(address.person) : undefined;
  if (person) {
    const acting = await parts.stories.actsFor(story.ticket, actorOf(person));
    return alertCard({ ...drawn, reader: readerFor(parts, person, acting), people: [] });
  }
  const language = directory.team(story.teamId)?.language ?? 'en';
  const people = post.lines.flatMap(({ recipient }) => directory.person(recipient.id) ?? []);
  return alertCard({ ...drawn, reader: { language, zone }, people });
};

const knownAs = async ({ conversations, home }: SendingParts, channel: string) =>
  (await conversations.find({ channel })) ?? home;

const place = async (parts: SendingParts, address: AlertAddress, card: AdaptiveCard) => {
  switch (address.kind) {
    case 'personal':
    case 'mail': {
      const person = parts.directory.person(address.person);
      if (!person) throw new DeliveryError('dead', 'The person is not in the configuration');
      return postIn(parts, await chatWith(parts, person), { card });
    }
    case 'chat':
      return postIn(parts, { ...(await knownAs(parts, address.id)), conversationId: address.id }, { card });
    case 'channel':
      return postToChannel(parts, teamOf(parts, address.teamId).channel.id, { card });
  }
};
