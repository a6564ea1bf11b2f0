import { type Level, personId, type PersonRef, type Priority, teamId, type TicketType } from '../../domain/values.ts';
import { textOf } from './activity.ts';
import { leaveIn, transferReasonIn } from './leaver-form.ts';
import { frameOf, namedIn, personIn, type Tap, type Verb } from './tap.ts';

const LEVELS: readonly Level[] = ['high', 'medium', 'low'];
const PRIORITIES: readonly Priority[] = ['P1', 'P2', 'P3', 'P4'];
const TYPES: readonly TicketType[] = ['incident', 'service_request', 'problem', 'change'];

/** Whom the form does not name: unknown to the roster, so that the rule says what is missing. */
const NOBODY: PersonRef = { id: personId(''), name: '' };

const level = ({ action }: Tap, field: 'impact' | 'urgency'): Partial<Record<typeof field, Level>> => {
  const found = LEVELS.find((each) => each === textOf(action.data, field));
  return found ? { [field]: found } : {};
};

const proposeTransfer: Verb = (tap) => ({
  ...frameOf(tap),
  type: 'propose-transfer',
  to: namedIn(tap, { id: 'toId', name: 'toName' }) ?? NOBODY,
  reason: transferReasonIn(tap.action),
  evidence: textOf(tap.action.data, 'evidence'),
  ...leaveIn(tap.action),
});

/** One form sorts all at once; each of its parts is a command of its own. */
export const sortAsks = (tap: Tap): readonly NonNullable<ReturnType<Verb>>[] => {
  const { data } = tap.action;
  const type = TYPES.find((each) => each === textOf(data, 'ticketType'));
  const part = (what: string) => ({ ...frameOf(tap), id: `${tap.id}:${what}` as Tap['id'] });
  return [
    { ...part('triage'), type: 'triage', ...level(tap, 'impact'), ...level(tap, 'urgency') },
    ...(type ? [{ ...part('type'), type: 'set-type' as const, ticketType: type }] : []),
    ...('tags' in data ? [{ ...part('tags'), type: 'tag' as const, tags: textOf(data, 'tags').split(',') }] : []),
  ];
};

/** Who owns it, who should, and how it is sorted. */
export const OWNERSHIP_VERBS: Readonly<Record<string, Verb>> = {
  reserve: (tap) => ({ ...frameOf(tap), type: 'reserve' }),
  accept: (tap) => ({ ...frameOf(tap), type: 'reserve' }),
  'undo-reserve': (tap) => ({ ...frameOf(tap), type: 'undo-reserve' }),
  assign: (tap) => {
    const to = personIn(tap) ?? NOBODY;
    return { ...frameOf(tap), type: 'assign', to, door: 'card' };
  },
  offer: (tap) => ({ ...frameOf(tap), type: 'offer', to: personIn(tap) ?? NOBODY }),
  'decline-offer': (tap) => ({
    ...frameOf(tap),
    type: 'decline-offer',
    reason: textOf(tap.action.data, 'declineReason'),
  }),
  route: (tap) => ({ ...frameOf(tap), type: 'route', teamId: teamId(textOf(tap.action.data, 'routeTeam')) }),
  'propose-transfer': proposeTransfer,
  'confirm-transfer': (tap) => ({ ...frameOf(tap), type: 'confirm-transfer' }),
  'reject-transfer': (tap) => ({
    ...frameOf(tap),
    type: 'reject-transfer',
    reason: textOf(tap.action.data, 'rejectReason'),
  }),
  'override-priority': (tap) => {
    const priority = PRIORITIES.find((each) => each === textOf(tap.action.data, 'priority'));
    const reason = textOf(tap.action.data, 'overrideReason');
    return priority && { ...frameOf(tap), type: 'override-priority', priority, reason };
  },
};
