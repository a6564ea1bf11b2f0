import type { Mutation } from './mutation.ts';

const LEVELS = 'src/domain/alert-levels.ts';
const RECIPIENTS = 'src/domain/alert-recipients.ts';
const TOLD = 'src/outbound/teams/alert-told.ts';
const WATCH = 'src/application/sweep-watch.ts';
const levels = (name: string): Mutation['test'] => ({ file: 'test/domain/alert-levels.test.ts', name });
const recipients = (name: string): Mutation['test'] => ({ file: 'test/domain/alert-recipients.test.ts', name });
const conditions = (name: string): Mutation['test'] => ({ file: 'test/domain/alert-conditions.test.ts', name });
const thresholds = (name: string): Mutation['test'] => ({ file: 'test/domain/alert-thresholds.test.ts', name });
const sent = (name: string): Mutation['test'] => ({ file: 'test/outbound/teams/alert-sender.int.test.ts', name });
const watch = (name: string): Mutation['test'] => ({ file: 'test/application/sweep-watch.test.ts', name });

const once: readonly Omit<Mutation, 'behaviour'>[] = [
  {
    name: 'tells a level again that was told',
    file: LEVELS,
    find: 'level > (row?.level ?? 0)',
    replace: 'level >= (row?.level ?? 0)',
    test: levels('not a moment early, and not twice'),
  },
  {
    name: 'tells every level that an outage hid, instead of the highest',
    file: 'src/domain/decide-alert.ts',
    find: 'const rung = levels.at(-1) ?? due.at(-1);',
    replace: 'const rung = levels.at(0) ?? due.at(-1);',
    test: levels('after an outage only the highest that is due'),
  },
  {
    name: 'lets a level that repeats be held again and again',
    file: 'src/domain/evolve-alert.ts',
    find: 'return held?.level === level ? { held } : {};',
    replace: 'return held?.level === level && level > 3 ? { held } : {};',
    test: levels('once a level, also where the level repeats'),
  },
  {
    name: 'keeps two lines of a ledger for one alert',
    file: 'src/store/alert-documents.ts',
    find: 'const line = made.ok ? wanted : ((await find(store, wanted.ticketId, id)) ?? wanted);',
    replace: 'const line = wanted;',
    test: { file: 'test/store/alert-documents.test.ts', name: 'intended twice is there once' },
  },
  {
    name: 'says to the level above for each line that a person could not be told',
    file: TOLD,
    find: 'if (to === undefined || told.has(to)) continue;',
    replace: 'if (to === undefined) continue;',
    test: sent('a channel that is gone is a mail to each of them'),
  },
  {
    name: 'goes on sweeping without the lease',
    file: WATCH,
    find: 'round(() => holds(parts, watch))',
    replace: 'round(() => Promise.resolve(true))',
    test: watch('the first stops in the middle of a round when it has lost the lease'),
  },
];

const told: readonly Omit<Mutation, 'behaviour'>[] = [
  {
    name: 'counts an accepted ticket as one that nobody has',
    file: 'src/domain/alert.ts',
    find: "if (ticket.status === 'new') return",
    replace: "if (ticket.status === 'new' || ticket.status === 'in_progress') return",
    test: conditions('ends when somebody accepts'),
  },
  {
    name: 'lets clocks run while the customer is asked',
    file: 'src/domain/alert.ts',
    find: "  if (ticket.status === 'pending_customer') return [];\n",
    replace: '',
    test: conditions('nothing is stale, nothing is due'),
  },
  {
    name: 'takes a dot for work',
    file: 'src/domain/evolve-alert.ts',
    find: 'NoteAdded: ({ text }) => SAYS_SOMETHING.test(text),',
    replace: 'NoteAdded: ({ text }) => SAYS_SOMETHING.test(text) || text.length > 0,',
    test: conditions('does not'),
  },
  {
    name: 'lets a general rule stand before a special one',
    file: 'src/domain/alert-rules.ts',
    find: 'best && specificity(best) > specificity(rule) ? best : rule',
    replace: 'best && specificity(best) < specificity(rule) ? best : rule',
    test: thresholds('stands before one for'),
  },
  {
    name: 'wakes a manager for what is not urgent',
    file: 'src/domain/alert-rules.ts',
    find: "level === 3 && (priority === 'P3' || priority === 'P4') ? 'digest' : 'card';",
    replace: "level === 3 && priority === 'P4' ? 'digest' : 'card';",
    test: thresholds('what is not urgent reaches the manager in the digest'),
  },
  {
    name: 'tells nobody where nobody is responsible',
    file: RECIPIENTS,
    find: "const techs = found.length > 0 ? found : fallbackOf(desk).map(as('fallback'));",
    replace: 'const techs = found;',
    test: recipients('a team without anybody: the fallback at every level, once'),
  },
  {
    name: 'tells only whoever is away',
    file: RECIPIENTS,
    find: "...(isAway(each.person, at) ? known(roster, [each.person.backup]).map(as('backup')) : []),",
    replace: "...(isAway(each.person, at) ? known(roster, []).map(as('backup')) : []),",
    test: recipients('the backup is told as well'),
  },
  {
    name: 'gives up where a person’s chat is closed',
    file: 'src/outbound/teams/alert-route.ts',
    find: "    case 'personal':\n    case 'chat':\n      return { kind: 'channel', teamId };",
    replace:
      "    case 'personal':\n      return undefined;\n    case 'chat':\n      return { kind: 'channel', teamId };",
    test: sent('is mentioned in the team’s channel in the same round'),
  },
  {
    name: 'shows what quiet hours hold when the alert changes',
    file: 'src/outbound/teams/alert-route.ts',
    find: "state === 'held' && heldUntil !== undefined && heldUntil > now;",
    replace: "state === 'held' && heldUntil !== undefined && heldUntil > now && now === heldUntil;",
    test: sent('quiet hours hold it until they end'),
  },
];

export const alertMutations: readonly Mutation[] = [
  ...once.map((each) => ({ ...each, behaviour: '6.1 an alert is told once' })),
  ...told.map((each) => ({ ...each, behaviour: '6.2 an alert reaches somebody, for a reason' })),
];
