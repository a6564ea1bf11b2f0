import {
  type Instant,
  type Language,
  type MailAddress,
  millisecondsOf,
  type PersonId,
  type Role,
  type TeamId,
  wallTime,
} from './values.ts';

/** Monday is 1, Sunday is 7, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * Weekly hours on the clocks of `zone` (IANA); `from` and `to` are `HH:MM`, `to` is the first minute after. A shift whose end
 * is not after its beginning ends on the next day and counts to the day on which it began.
 */
export interface Shift {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

/** Where alerts reach people: in their own chat, in a group chat, or in the team's channel. */
export type AlertPlace =
  { readonly kind: 'personal' } | { readonly kind: 'chat'; readonly id: string } | { readonly kind: 'channel' };

/** As what somebody is told of an alert. */
export type AlertPart = 'tech' | 'supervisor' | 'manager';

export interface Person {
  /** The Entra object id. */
  readonly id: PersonId;
  readonly name: string;
  readonly mail: MailAddress;
  readonly roles: readonly Role[];
  readonly teams: readonly TeamId[];
  readonly language: Language;
  readonly supervisor?: PersonId;
  /** Who is told as well while this person is absent. */
  readonly backup?: PersonId;
  readonly skills: readonly string[];
  readonly absentUntil?: Instant;
  /** A shared or kiosk account: nobody can be held to what it does, so it owns nothing. */
  readonly shared?: true;
  /** Without one the person counts as always on shift. */
  readonly shift?: Shift;
  /** The name of a calendar; without one the team's. */
  readonly calendar?: string;
  /** Stands before what the team says. */
  readonly alertsTo?: AlertPlace;
  /** Alerts wait until these hours are over; the most urgent do not. */
  readonly quiet?: Shift;
}

export interface Team {
  readonly id: TeamId;
  readonly name: string;
  readonly mailbox: MailAddress;
  /** The Teams channel where its tickets appear. */
  readonly channel: { readonly id: string; readonly name: string };
  readonly language: Language;
  readonly lead?: PersonId;
  readonly manager?: PersonId;
  /** Whether mails are signed by the owner or by the team alone. */
  readonly signature: 'owner' | 'team';
  /** Who is on duty when others are not. */
  readonly onCall: readonly PersonId[];
  /** Envelopes that may be accepted at a time; none: as many as come. */
  readonly wipLimit?: number;
  /** Words in a ticket by which this team's help is suggested. */
  readonly topics: readonly string[];
  /** Confirms a transfer where no manager can. */
  readonly secondConfirmer?: PersonId;
  /** The name of its calendar; without one the desk's. */
  readonly calendar?: string;
  /** Without a word each is told in their own chat. */
  readonly alertsTo?: Readonly<Partial<Record<AlertPart, AlertPlace>>>;
}

/** Who works here. */
export interface Roster {
  person(id: PersonId): Person | undefined;
  team(id: TeamId): Team | undefined;
  people(): readonly Person[];
  teams(): readonly Team[];
}

/** Everyone who names the team as theirs, and its lead. */
export const membersOf = (roster: Roster, teamId: TeamId): readonly Person[] => {
  const lead = roster.team(teamId)?.lead;
  return roster.people().filter(({ id, teams }) => id === lead || teams.includes(teamId));
};

export const isMember = (roster: Roster, teamId: TeamId, personId: PersonId): boolean =>
  membersOf(roster, teamId).some(({ id }) => id === personId);

export const isOnCall = (roster: Roster, teamId: TeamId, personId: PersonId): boolean =>
  roster.team(teamId)?.onCall.includes(personId) ?? false;

const DAY = 1_440;

/** `HH:MM` as minutes since midnight. */
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Compared on the wall clock, so that a shift begins and ends at its hour also on the days when the clocks change. */
export const isWithin = (shift: Shift, at: Instant): boolean => {
  const shown = new Date(wallTime(millisecondsOf(at), shift.zone));
  const minute = shown.getUTCHours() * 60 + shown.getUTCMinutes();
  const [from, to] = [minuteOf(shift.from), minuteOf(shift.to)];
  const worksOn = (day: number): boolean => shift.days.some((each) => each % 7 === (day + 7) % 7);
  const today = shown.getUTCDay();
  if (from < to) return worksOn(today) && minute >= from && minute < to;
  return (worksOn(today) && minute >= from && minute < DAY) || (worksOn(today - 1) && minute < to);
};

export const isOnShift = ({ shift }: Person, at: Instant): boolean => !shift || isWithin(shift, at);

/** Who stands above a person: the one who is named, else the lead of their first team that somebody else leads. */
export const supervisorOf = (roster: Roster, person: Person): Person | undefined => {
  const lead = person.teams.map((id) => roster.team(id)?.lead).find((id) => id !== undefined && id !== person.id);
  const above = person.supervisor ?? lead;
  return above === undefined ? undefined : roster.person(above);
};

/**
 * The manager of a person's line, never the person: the manager of their first team that has one, else the nearest manager
 * among those above them, else what the same question gives for their supervisor.
 */
export const managerOf = (roster: Roster, person: Person): Person | undefined => {
  const asked = new Set<PersonId>([person.id]);
  for (let each: Person | undefined = person; each; each = supervisorOf(roster, each)) {
    if (each !== person && each.roles.includes('manager')) return each;
    const manager = each.teams.map((id) => roster.team(id)?.manager).find((id) => id !== undefined && id !== person.id);
    const found: Person | undefined = manager === undefined ? undefined : roster.person(manager);
    if (found) return found;
    const above = supervisorOf(roster, each);
    if (!above || asked.has(above.id)) return undefined;
    asked.add(above.id);
  }
  return undefined;
};

/** Words as they are compared: small letters and digits, one space before each and one at the end. */
const spaced = (text: string): string => ` ${(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `;

const SMALL_WORDS = ['and', 'the', 'for', 'team', 'und', 'der', 'die', 'das', 'für'];
const BEGINS_A_WORD = 4;

/** The words of a name that say something, and the topics; each once. */
const termsOf = ({ name, topics }: Team): readonly string[] => {
  const ofName = spaced(name)
    .split(' ')
    .filter((word) => word.length > 2 && !SMALL_WORDS.includes(word));
  return [...new Set([...ofName, ...topics.map((topic) => spaced(topic).trim())])].filter((term) => term !== '');
};

/** A longer term also begins a word: "switches", "Netzwerkdrucker". A short one stands alone, or "it" would be everywhere. */
const occurs = (term: string, words: string): boolean =>
  words.includes(term.length < BEGINS_A_WORD ? ` ${term} ` : ` ${term}`);

/** The team, other than `notTeam`, most of whose terms occur in the text; the first of the equal, undefined when none occurs. */
export const suggestTeam = (
  roster: Roster,
  { text, notTeam }: { readonly text: string; readonly notTeam: TeamId },
): Team | undefined => {
  const words = spaced(text);
  const scored = roster
    .teams()
    .filter(({ id }) => id !== notTeam)
    .map((team) => ({ team, score: termsOf(team).filter((term) => occurs(term, words)).length }));
  const most = Math.max(0, ...scored.map(({ score }) => score));
  return most === 0 ? undefined : scored.find(({ score }) => score === most)?.team;
};
