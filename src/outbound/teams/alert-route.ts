import { createHash } from 'node:crypto';
import type { AlertAddress, AlertLine } from '../../application/ports/alert-ledger.ts';
import type { AlertLevel } from '../../domain/alert-rules.ts';
import { managerOf, type Roster, supervisorOf } from '../../domain/roster.ts';
import type { Instant, PersonId } from '../../domain/values.ts';

/** A chat's id is as long as Teams likes, and may hold what no document may be called. */
const keyOf = (address: AlertAddress): string => {
  switch (address.kind) {
    case 'personal':
    case 'mail':
      return `${address.kind}~${address.person}`;
    case 'channel':
      return `channel~${address.teamId}`;
    case 'chat':
      return `chat~${createHash('sha256').update(address.id).digest('hex')}`;
  }
};

export const isSameAddress = (a: AlertAddress, b: AlertAddress): boolean => keyOf(a) === keyOf(b);

/** Each once. */
export const addressesOf = (lines: readonly AlertLine[]): readonly AlertAddress[] => [
  ...new Map(lines.map(({ address }) => [keyOf(address), address])).values(),
];

/** Where somebody is told who could not be told there; a mail is the last. */
export const nextAddress = ({ address, teamId, recipient }: AlertLine): AlertAddress | undefined => {
  switch (address.kind) {
    case 'personal':
    case 'chat':
      return { kind: 'channel', teamId };
    case 'channel':
      return { kind: 'mail', person: recipient.id };
    case 'mail':
      return undefined;
  }
};

/** Told on another card, or once a day. */
const isElsewhere = ({ state }: AlertLine): boolean =>
  state === 'digest' || state === 'rolled-up' || state === 'failed' || state === 'spared';

const isHeld = ({ state, heldUntil }: AlertLine, now: Instant): boolean =>
  state === 'held' && heldUntil !== undefined && heldUntil > now;

/** Nobody has taken it yet. What is in the post is no longer in these hands. */
export const isUntold = ({ state, address }: AlertLine): boolean =>
  state === 'intended' || state === 'held' || (state === 'sent' && address.kind !== 'mail');

/** One post at an address: those it was made for, and which of them are still to be told. */
export interface AlertPost {
  readonly slot: string;
  readonly lines: readonly AlertLine[];
}

/**
 * What stands at an address, a post each: an edit tells nobody, so whoever joins at a higher level where many read has a post
 * of their own; in a person's own chat there is one. `held` waits for the end of quiet hours.
 */
export const postsAt = (
  lines: readonly AlertLine[],
  address: AlertAddress,
  now: Instant,
): { readonly posts: readonly AlertPost[]; readonly held: readonly AlertLine[] } => {
  const here = lines.filter((line) => isSameAddress(line.address, address) && !isElsewhere(line));
  const shown = here.filter((line) => !isHeld(line, now));
  const joined = new Map<PersonId, AlertLevel>();
  for (const { recipient, level } of shown) {
    const known = joined.get(recipient.id);
    joined.set(recipient.id, known === undefined || level < known ? level : known);
  }
  const posts = [...new Set(joined.values())].sort().map((level) => {
    const ofPost = shown.filter(({ recipient }) => joined.get(recipient.id) === level);
    const { episode, repeat } = ofPost[0] ?? { episode: 0, repeat: 0 };
    return { slot: `alert:${episode}:${repeat}:${keyOf(address)}:${level}`, lines: ofPost };
  });
  return { posts, held: here.filter((line) => isHeld(line, now)) };
};

/** Who learns that somebody could not be told: their supervisor, else the lead or a manager; never the person. */
export const levelAbove = (roster: Roster, { recipient, teamId }: AlertLine): PersonId | undefined => {
  const person = roster.person(recipient.id);
  const team = roster.team(teamId);
  const above = [
    person && supervisorOf(roster, person)?.id,
    team?.lead,
    person && managerOf(roster, person)?.id,
    team?.manager,
  ];
  return above.find((id) => id !== undefined && id !== recipient.id && roster.person(id) !== undefined);
};
