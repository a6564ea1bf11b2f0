import { Application, type TurnState } from '@microsoft/teams-ai';
import { CardFactory, type TurnContext } from 'botbuilder';
import type { Conversations } from '../../application/ports/conversations.ts';
import type { Person } from '../../domain/roster.ts';
import { type Instant, instantOf } from '../../domain/values.ts';
import { wordsIn } from '../../views/words/language.ts';
import type { HttpHandler, Route } from '../http/server.ts';
import { activityIn, cardActionOf, personOf, refOf, tenantOf } from './activity.ts';
import type { BotAdapter } from './adapter.ts';
import { type ActionAnswer, type ActionParts, answerAction } from './card-actions.ts';
import { wordsOf } from './cards.ts';
import { answerChat } from './chat.ts';

export interface BotParts extends ActionParts {
  readonly adapter: BotAdapter;
  readonly conversations: Conversations;
  /** Only this Entra tenant is served; the SDK does not check it. */
  readonly tenantId?: string;
}

type Turn = (context: TurnContext, person: Person) => Promise<void>;

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';
const ERROR = 'application/vnd.microsoft.error';

/** The bot: teams-ai routes, the desk answers. No state is kept in turns, so turns may run side by side. */
export const botRoute = (parts: BotParts): Route => {
  const app = new Application<TurnState>({
    adapter: parts.adapter,
    removeRecipientMention: true,
    startTypingTimer: false,
  });
  const known = (turn: Turn) => (context: TurnContext) => guarded(parts, context, turn);
  app.addRoute(isCardAction, known(byInvoke(parts)), true);
  app.addRoute(
    (context) => Promise.resolve(context.activity.type === 'message' && cardActionOf(context) !== undefined),
    known(bySubmit(parts)),
  );
  app.addRoute((context) => Promise.resolve(context.activity.type === 'message'), known(byText(parts)));
  app.addRoute(isReadReceipt, (context) => readUntil(parts, context));
  app.addRoute(isInstalled, (context) => remember(parts, context));
  return { method: 'post', path: '/api/messages', handle: handler(parts, app) };
};

const handler =
  ({ adapter }: BotParts, app: Application<TurnState>): HttpHandler =>
  async ({ body, headers }, response) => {
    const activity = activityIn(body);
    if (!activity) {
      response.status(400);
      response.send({ code: 'NotAnActivity', message: 'Expected a Bot Framework activity.' });
      return;
    }
    const run = async (context: TurnContext): Promise<void> => {
      await app.run(context);
    };
    const answer = await adapter.turn({ header: String(headers.authorization ?? ''), activity, run });
    response.status(answer === 'unauthorised' ? 401 : (answer?.status ?? 200));
    response.send(answer === 'unauthorised' ? { code: 'Unauthorized' } : answer?.body);
  };

const isCardAction = ({ activity }: TurnContext): Promise<boolean> =>
  Promise.resolve(activity.type === 'invoke' && activity.name === 'adaptiveCard/action');

const isInstalled = ({ activity }: TurnContext): Promise<boolean> =>
  Promise.resolve(activity.type === 'installationUpdate' || activity.type === 'conversationUpdate');

/** Teams says so in a personal chat where the app has the permission; without it nobody knows what was read. */
const isReadReceipt = ({ activity }: TurnContext): Promise<boolean> =>
  Promise.resolve(activity.type === 'event' && activity.name === 'application/vnd.microsoft.readReceipt');

/** Ids of messages in Teams are the milliseconds at which they were posted. */
const readUntil = async (parts: BotParts, context: TurnContext): Promise<void> => {
  const { lastReadMessageId } = (context.activity.value ?? {}) as { lastReadMessageId?: unknown };
  const read = Number(lastReadMessageId);
  const person = isForeign(parts, context) ? undefined : parts.directory.person(personOf(context));
  if (!person) return;
  const until = Number.isSafeInteger(read) && read > 0 ? laterOf(read) : parts.clock.now();
  await parts.alertDesk.seen(person.id, { until });
};

/** An answer of ours is kept a moment after Teams has given it an id. */
const laterOf = (milliseconds: number): Instant => instantOf(milliseconds + 5_000);

const invokeAnswer = (
  context: TurnContext,
  body: { statusCode: number; type: string; value: unknown },
): Promise<unknown> => context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });

const isForeign = ({ tenantId }: BotParts, { activity }: TurnContext): boolean =>
  tenantId !== undefined && tenantOf(activity) !== tenantId;

/** Who may speak: the desk's own people, of its own tenant. A fault is answered with an id to quote, never with silence. */
const guarded = async (parts: BotParts, context: TurnContext, turn: Turn): Promise<void> => {
  const isInvoke = context.activity.type === 'invoke';
  const person = isForeign(parts, context) ? undefined : parts.directory.person(personOf(context));
  try {
    if (person) {
      await turn(context, person);
      return;
    }
    const { stranger } = wordsIn(context.activity.locale?.startsWith('de') ? 'de' : 'en');
    await (isInvoke
      ? invokeAnswer(context, { statusCode: 200, type: MESSAGE, value: stranger })
      : context.sendActivity(stranger));
  } catch (fault) {
    const id = parts.identity.random().slice(0, 8);
    parts.log.error('turn-failed', {
      id,
      fault: fault instanceof Error ? fault.name : typeof fault,
      message: String(fault),
    });
    const text = wordsIn(person?.language ?? 'en').fault(id);
    const value = { code: 'InternalError', message: text };
    await (isInvoke ? invokeAnswer(context, { statusCode: 500, type: ERROR, value }) : context.sendActivity(text));
  }
};

const keyOf = ({ activity }: TurnContext, parts: BotParts): string =>
  `${activity.conversation.id}|${activity.id ?? parts.identity.random()}`;

const byInvoke =
  (parts: BotParts): Turn =>
  async (context, person) => {
    const action = cardActionOf(context) ?? { verb: '', data: {} };
    const answer = await answerAction(parts, { person, action, key: keyOf(context, parts) });
    await invokeAnswer(
      context,
      'card' in answer
        ? { statusCode: 200, type: CARD, value: answer.card }
        : { statusCode: 200, type: MESSAGE, value: answer.text },
    );
  };

const say = (context: TurnContext, answer: ActionAnswer): Promise<unknown> =>
  context.sendActivity('card' in answer ? { attachments: [CardFactory.adaptiveCard(answer.card)] } : answer.text);

const bySubmit =
  (parts: BotParts): Turn =>
  async (context, person) => {
    const action = cardActionOf(context);
    if (action) await say(context, await answerAction(parts, { person, action, key: keyOf(context, parts) }));
  };

const byText =
  (parts: BotParts): Turn =>
  async (context, person) => {
    if (context.activity.conversation.conversationType === 'personal')
      await parts.conversations.remember({ person: person.id }, refOf(context));
    const answers = await answerChat(parts, {
      person,
      text: context.activity.text ?? '',
      key: keyOf(context, parts),
    });
    for (const answer of answers) await say(context, answer);
  };

/** Where the app was added is where people can be reached; a person is greeted once, when they add it. */
const remember = async (parts: BotParts, context: TurnContext): Promise<void> => {
  if (isForeign(parts, context)) return;
  const { conversations, directory } = parts;
  const { activity } = context;
  if (activity.type === 'installationUpdate' && activity.action === 'remove') return;
  const data = activity.channelData as { channel?: { id?: unknown }; team?: { id?: unknown } } | undefined;
  for (const channel of [data?.channel?.id, data?.team?.id]) {
    if (typeof channel === 'string') await conversations.remember({ channel }, refOf(context, channel));
  }
  const person = directory.person(personOf(context));
  if (activity.conversation.conversationType !== 'personal' || !person) return;
  await conversations.remember({ person: person.id }, refOf(context));
  if (activity.type === 'installationUpdate' && activity.action === 'add')
    await context.sendActivity(wordsOf(person).welcome);
};
