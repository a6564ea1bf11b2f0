import type { AddressInfo } from 'node:net';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Activity, ConversationReference, TurnContext } from 'botbuilder';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { endWith } from '../support/answer.ts';

/** A bot on the real SDK with authentication on: echoes texts, and turns a card with "Take it" into "Taken by …". */
export type EchoBot = {
  readonly endpoint: string;
  /** Wires it to the mirror; before that it answers 503. */
  connect(mirror: { url: string; openIdMetadataUrl: string }): void;
  postToChannel(
    channelId: string,
    activity: Partial<Activity>,
  ): Promise<{ conversationId: string; activityId: string }>;
  /** Opens the person's chat, says the text, answers the chat's id. */
  sayToPerson(member: { id: string }, text: string): Promise<string>;
  inConversation(conversationId: string, act: (context: TurnContext) => Promise<void>): Promise<void>;
  /** Everything people sent, oldest first. */
  readonly heard: readonly Activity[];
  /** What went wrong in its turns. */
  readonly faults: readonly Error[];
  stop(): Promise<void>;
};

export const APP_ID = '22222222-2222-4222-8222-222222222222';
export const TOKEN = 'the-bot-itself';
const TENANT_ID = '11111111-1111-4111-8111-111111111111';

const cardOf = (title: string, actions: object[]): Partial<Activity> => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        type: 'AdaptiveCard',
        version: '1.5',
        body: [{ type: 'TextBlock', text: title, wrap: true }],
        actions,
      },
    },
  ],
});

export const openCard = (title: string): Partial<Activity> =>
  cardOf(title, [{ type: 'Action.Execute', title: 'Take it', verb: 'take', data: { title } }]);

export const takenCard = (title: string, by: string): Partial<Activity> => cardOf(`${title}: taken by ${by}`, []);

/** All of them together: naming one switches the defaults of the others off. */
const authenticationBy = (openIdMetadataUrl: string): ConfigurationBotFrameworkAuthentication =>
  new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: APP_ID,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: TENANT_ID,
      ToChannelFromBotLoginUrl: 'http://127.0.0.1:9/login',
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      OAuthUrl: 'http://127.0.0.1:9/oauth',
      ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
      CallerId: 'urn:botframework:local',
    } as ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[0],
    {
      isValidAppId: async (appId: string) => appId === APP_ID,
      isAuthenticationDisabled: async () => false,
      createCredentials: async () => ({
        signRequest: async (request) => {
          request.headers.set('authorization', `Bearer ${TOKEN}`);
          return request;
        },
      }),
    },
  );

async function answerTurn(context: TurnContext): Promise<void> {
  const { activity } = context;
  if (activity.type === 'message' && activity.text) await context.sendActivity(`echo: ${activity.text}`);
  if (activity.type !== 'invoke') return;
  const title = String(activity.value.action.data.title);
  await context.updateActivity({ ...takenCard(title, activity.from.name), id: activity.replyToId ?? '' });
  const value = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'It is yours.' };
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: value } });
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
}

/** The response as restify's, which is what the adapter writes to. */
const responseFor = (response: ServerResponse) => ({
  socket: response.socket,
  header: (name: string, value: unknown) => response.setHeader(name, String(value)),
  status: (code: number) => {
    response.statusCode = code;
  },
  send: (body: unknown) => response.write(typeof body === 'string' ? body : JSON.stringify(body)),
  end: () => response.end(),
});

const listening = (server: Server): Promise<void> => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

export async function startEchoBot(): Promise<EchoBot> {
  const heard: Activity[] = [];
  const faults: Error[] = [];
  let wired: { adapter: CloudAdapter; serviceUrl: string } | undefined;
  const server = createServer((request, response) => {
    const { adapter } = wired ?? {};
    if (!adapter || request.method !== 'POST') {
      endWith(response, 503);
      return;
    }
    void bodyOf(request).then((body) => {
      const incoming = { body, headers: request.headers, method: 'POST' };
      return adapter.process(
        incoming as Parameters<CloudAdapter['process']>[0],
        responseFor(response) as never,
        async (context) => {
          heard.push(context.activity);
          await answerTurn(context);
        },
      );
    });
  });
  await listening(server);
  const connected = (): NonNullable<typeof wired> => {
    if (!wired) throw new Error('connect the bot first');
    return wired;
  };
  const create = (parameters: object, act: (context: TurnContext) => Promise<void>): Promise<void> => {
    const { adapter, serviceUrl } = connected();
    return adapter.createConversationAsync(
      APP_ID,
      'msteams',
      serviceUrl,
      'https://api.botframework.com',
      parameters as never,
      act,
    );
  };
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    connect: ({ url, openIdMetadataUrl }) => {
      const adapter = new CloudAdapter(authenticationBy(openIdMetadataUrl));
      adapter.onTurnError = async (_context, fault) => {
        faults.push(fault);
      };
      wired = { serviceUrl: url, adapter };
    },
    postToChannel: async (channelId, activity) => {
      let posted = { conversationId: '', activityId: '' };
      await create({ isGroup: true, channelData: { channel: { id: channelId } }, activity }, async (context) => {
        // The SDK drops the activity's id here; a thread is named by its first message.
        const conversationId = context.activity.conversation.id;
        posted = { conversationId, activityId: conversationId.split(';messageid=')[1] ?? '' };
      });
      return posted;
    },
    sayToPerson: async (member, text) => {
      let chat = '';
      await create({ isGroup: false, members: [member], tenantId: TENANT_ID }, async (context) => {
        chat = context.activity.conversation.id;
        await context.sendActivity(text);
      });
      return chat;
    },
    inConversation: async (conversationId, act) => {
      const { adapter, serviceUrl } = connected();
      const reference = {
        channelId: 'msteams',
        serviceUrl,
        bot: { id: `28:${APP_ID}`, name: 'Desk' },
        conversation: { id: conversationId },
      };
      await adapter.continueConversationAsync(APP_ID, reference as Partial<ConversationReference>, act);
    },
    heard,
    faults,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
