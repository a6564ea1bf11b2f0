import type { CommandOf } from '../../domain/commands.ts';
import { type PersonRef, teamId } from '../../domain/values.ts';
import { numberOf, textOf } from './activity.ts';
import { dayOf, frameOf, namedIn, type Tap, type Verb } from './tap.ts';

const OUTCOMES = ['solved', 'advice', 'not_ours'] as const;

const said = (name: string, text: string): Record<string, string> => (text.trim() === '' ? {} : { [name]: text });

/** Several envelopes stand on one card: an input's id ends with the envelope's number. */
const seqIn = ({ action }: Tap): number => numberOf(action.data, 'envelope') ?? 0;
const textIn = (tap: Tap, field: string): string =>
  textOf(tap.action.data, `${field}${seqIn(tap)}`) || textOf(tap.action.data, field);

const contractOf = (tap: Tap) => {
  const { data } = tap.action;
  const dueAt = dayOf(tap, 'helpDue');
  const skills = textOf(data, 'skills')
    .split(',')
    .map((skill) => skill.trim())
    .filter((skill) => skill !== '');
  return {
    question: textOf(data, 'question'),
    ...said('stepsTried', textOf(data, 'stepsTried')),
    ...said('doneWhen', textOf(data, 'doneWhen')),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(skills.length === 0 ? {} : { skills }),
  };
};

/** A team always stands chosen in the form: where a person of other teams is named, it is the person who is meant. */
const teamAsked = ({ action, roster }: Tap, expert: PersonRef | undefined): string => {
  const team = textOf(action.data, 'teamId');
  const person = expert && roster.person(expert.id);
  const isTheirs = person?.teams.some((each) => each === team) || roster.team(teamId(team))?.lead === person?.id;
  return person && roster.team(teamId(team)) && !isTheirs ? '' : team;
};

/** Two taps on one card, each delivered as an act of its own, are one wish: the card says which ask it would be. */
const onceFromACard = ({ action: { data }, by, id }: Tap): Tap['id'] | undefined => {
  const nth = numberOf(data, 'nth');
  const asked = `${textOf(data, 'teamId')}:${textOf(data, 'expertId')}`;
  return nth !== undefined && /^[\w:-]{1,120}$/u.test(asked)
    ? (`ask:${nth}:${asked}:${by.id}` as typeof id)
    : undefined;
};

const request: Verb = (tap) => {
  const expert = namedIn(tap, { id: 'expertId', name: 'expertName' });
  const team = teamAsked(tap, expert);
  return {
    ...frameOf(tap),
    id: onceFromACard(tap) ?? tap.id,
    type: 'request-envelope',
    ...contractOf(tap),
    ...(team === '' ? {} : { teamId: teamId(team) }),
    ...(expert ? { expert } : {}),
  };
};

const complete: Verb = (tap) => {
  const outcome = OUTCOMES.find((each) => each === textIn(tap, 'outcome'));
  const team = textIn(tap, 'toTeamId');
  const facts: Partial<CommandOf<'complete-envelope'>> = {
    ...(outcome ? { outcome } : {}),
    ...(team === '' ? {} : { toTeamId: teamId(team) }),
  };
  return { ...frameOf(tap), type: 'complete-envelope', seq: seqIn(tap), result: textIn(tap, 'result'), ...facts };
};

/** Help asked for and given. */
export const ENVELOPE_VERBS: Readonly<Record<string, Verb>> = {
  'request-envelope': request,
  'edit-envelope': (tap) => ({ ...frameOf(tap), type: 'edit-envelope', seq: seqIn(tap), ...contractOf(tap) }),
  'accept-envelope': (tap) => ({ ...frameOf(tap), type: 'accept-envelope', seq: seqIn(tap) }),
  'decline-envelope': (tap) => ({
    ...frameOf(tap),
    type: 'decline-envelope',
    seq: seqIn(tap),
    reason: textIn(tap, 'declineReason'),
  }),
  'release-envelope': (tap) => ({
    ...frameOf(tap),
    type: 'release-envelope',
    seq: seqIn(tap),
    ...said('reason', textIn(tap, 'releaseReason')),
  }),
  'query-owner': (tap) => ({ ...frameOf(tap), type: 'query-owner', seq: seqIn(tap), text: textIn(tap, 'query') }),
  'answer-query': (tap) => ({ ...frameOf(tap), type: 'answer-query', seq: seqIn(tap), text: textIn(tap, 'answer') }),
  'complete-envelope': complete,
  'confirm-envelope': (tap) => ({ ...frameOf(tap), type: 'confirm-envelope', seq: seqIn(tap) }),
  'send-back': (tap) => ({ ...frameOf(tap), type: 'send-back', seq: seqIn(tap), reason: textIn(tap, 'reason') }),
  'withdraw-envelope': (tap) => ({ ...frameOf(tap), type: 'withdraw-envelope', seq: seqIn(tap) }),
  'withdraw-all': (tap) => ({ ...frameOf(tap), type: 'withdraw-all' }),
};
