import type { Ask } from '../../application/ticket-service.ts';
import { actorOf } from '../../application/ports/directory.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import type { CommandOf } from '../../domain/commands.ts';
import { commandId, teamId, type TicketId } from '../../domain/values.ts';
import { alertCard } from '../../views/alert-card.ts';
import { deskCard } from '../../views/desk-card.ts';
import { asTicketId, numberOf, textOf } from './activity.ts';
import { cardOf, readerOf, refusalText, teamNamesIn } from './cards.ts';
import { type Answer, type DeskAct, type DeskActParts, said, type Tapped } from './desk-act.ts';

/** The alert as it stands now; the ticket where nobody was ever told of it. */
const shown = async (
  parts: DeskActParts,
  { person, action }: Tapped,
  { id, refusal }: { readonly id: TicketId; readonly refusal?: Refusal | undefined },
): Promise<Answer> => {
  const story = await parts.queries.alert(id, numberOf(action.data, 'episode') ?? 0);
  const headline = refusal ? { headline: refusalText(refusal, person) } : {};
  if (story)
    return {
      card: alertCard({
        story,
        reader: readerOf(parts, person),
        people: [],
        teamNameOf: teamNamesIn(parts),
        now: parts.clock.now(),
        ...headline,
      }),
    };
  const card = await cardOf(parts, id, { person, ...headline });
  return card ? { card } : said(refuse('not-found'), person);
};

const key = ({ identity }: DeskActParts, tapped: Tapped, what: string) =>
  commandId(`${what}:${identity.sha256(`${tapped.key}|${tapped.person.id}`)}`);

const CONDITIONS: readonly CommandOf<'acknowledge-alert'>['condition'][] = [
  'NOT_ASSIGNED',
  'NOT_UPDATED',
  'NOT_COMPLETED',
];

/** Of which alert, and which level, the tapped card told; cards of an older version do not say it. */
const shownOn = ({ data }: Tapped['action']): Pick<CommandOf<'acknowledge-alert'>, 'shown'> => {
  const [episode, shownLevel] = [numberOf(data, 'episode'), numberOf(data, 'level')];
  const level = ([1, 2, 3] as const).find((each) => each === shownLevel);
  return episode === undefined || level === undefined ? {} : { shown: { episode, level } };
};

/** "I'm on it". */
export const acknowledge: DeskAct = async (parts, tapped) => {
  const { person, action } = tapped;
  const id = asTicketId(textOf(action.data, 'ticketId'));
  const condition = CONDITIONS.find((each) => each === textOf(action.data, 'condition'));
  if (id === undefined || !condition) return said(refuse('not-found'), person);
  const envelope = numberOf(action.data, 'envelope');
  const outcome = await parts.service.act(id, {
    type: 'acknowledge-alert',
    id: key(parts, tapped, 'ack'),
    by: actorOf(person),
    condition,
    ...(envelope === undefined ? {} : { envelope }),
    ...shownOn(action),
  });
  return shown(parts, tapped, { id, ...(isRefusal(outcome) ? { refusal: outcome } : {}) });
};

/** One tap asks the team; where nobody owns the ticket, whoever taps accepts it with that: only an owner asks. */
export const askFromAlert: DeskAct = async (parts, tapped) => {
  const { person, action } = tapped;
  const id = asTicketId(textOf(action.data, 'ticketId'));
  const story = id && (await parts.queries.ticket(id));
  if (id === undefined || !story) return said(refuse('not-found'), person);
  const by = actorOf(person);
  const help: Ask = {
    type: 'request-envelope',
    id: key(parts, tapped, 'alert-help'),
    by,
    question: parts.queries.help(story).question,
    teamId: teamId(textOf(action.data, 'teamId')),
  };
  const asks: readonly Ask[] =
    story.ticket.status === 'new' ? [{ type: 'accept', id: key(parts, tapped, 'alert-accept'), by }, help] : [help];
  for (const ask of asks) {
    const outcome = await parts.service.act(id, ask);
    if (isRefusal(outcome)) return shown(parts, tapped, { id, refusal: outcome });
  }
  return shown(parts, tapped, { id });
};

/** Whoever opens the ticket from an alert has seen it. */
export const openFromAlert: DeskAct = async (parts, { person, action }) => {
  const id = asTicketId(textOf(action.data, 'ticketId'));
  if (id === undefined) return said(refuse('not-found'), person);
  await parts.alertDesk.seen(person.id, { ticketId: id, episode: numberOf(action.data, 'episode') ?? 0 });
  const card = await cardOf(parts, id, { person });
  return card ? { card } : said(refuse('not-found'), person);
};

/** Who has what, what burns next: for those who lead. */
export const deskOverview: DeskAct = async (parts, { person }) => {
  const story = await parts.queries.desk(person);
  if ('refused' in story) return said(story, person);
  const { mayTake } = story;
  return {
    card: deskCard({
      story,
      reader: readerOf(parts, person),
      now: parts.clock.now(),
      mayTake: (id) => mayTake.includes(id),
    }),
  };
};
