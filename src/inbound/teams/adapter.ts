import { TeamsAdapter } from '@microsoft/teams-ai';
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  AuthenticationError,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { Log } from '../../application/ports/log.ts';

/** How the bot knows its caller and names itself. Without `appId` nobody is checked: only for tests and a bare Playground. */
export interface BotIdentity {
  readonly appId?: string;
  readonly tenantId?: string;
  /** Another issuer than the Bot Framework's: the local tenant, or a sovereign cloud. */
  readonly openIdMetadataUrl?: string;
  readonly tokenIssuer?: string;
  /** Tokens for what the bot sends. */
  readonly accessToken: (scope: string) => Promise<string>;
}

const CHANNEL_SCOPE = 'https://api.botframework.com/.default';
const UNAUTHORISED = new Set(['JsonWebTokenError', 'NotBeforeError', 'TokenExpiredError']);

const credentialsOf = ({ appId, accessToken }: BotIdentity): ServiceClientCredentialsFactory =>
  ({
    isValidAppId: (id: string) => Promise.resolve(id === appId),
    isAuthenticationDisabled: () => Promise.resolve(appId === undefined),
    createCredentials: () =>
      Promise.resolve({
        signRequest: async (request: { headers: { set(name: string, value: string): void } }) => {
          if (appId !== undefined) request.headers.set('Authorization', `Bearer ${await accessToken(CHANNEL_SCOPE)}`);
          return request;
        },
      }),
  }) as unknown as ServiceClientCredentialsFactory;

/** Once one of these is set the SDK forgets its defaults for the others, so all are set together. */
const issuerSettings = ({ openIdMetadataUrl, tokenIssuer, tenantId }: BotIdentity): Record<string, string> =>
  openIdMetadataUrl === undefined
    ? {}
    : {
        ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${tenantId ?? 'botframework.com'}`,
        ToChannelFromBotOAuthScope: 'https://api.botframework.com',
        ToBotFromChannelTokenIssuer: tokenIssuer ?? 'https://api.botframework.com',
        OAuthUrl: 'https://token.botframework.com',
        ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
        ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
        CallerId: 'urn:botframework:azure',
      };

/**
 * The Bot Framework's adapter, made strict: what the SDK alone answers with 500 (forged signature, `alg: none`, a token of
 * tomorrow) is 401 without words, and an activity without `serviceUrl`, which would skip the check of its claim, is refused.
 */
class StrictAdapter extends TeamsAdapter {
  constructor(identity: BotIdentity) {
    const single =
      identity.tenantId === undefined
        ? {}
        : { MicrosoftAppTenantId: identity.tenantId, MicrosoftAppType: 'SingleTenant' };
    super({ MicrosoftAppId: identity.appId ?? '', ...single, ...issuerSettings(identity) }, credentialsOf(identity));
    const authentication = this.botFrameworkAuthentication;
    const inner = authentication.authenticateRequest.bind(authentication);
    const mustEnd = identity.appId !== undefined;
    authentication.authenticateRequest = (activity, header) =>
      strictly(activity, mustEnd, () => inner(activity, header));
  }

  /**
   * One turn of an activity that came with this Authorization header; an invoke has an answer. The SDK's own way in is not
   * taken: it writes every refused token to the console and says in the body of a 500 what went wrong.
   */
  async turn({ header, activity, run }: IncomingTurn): Promise<InvokeResponse | 'unauthorised' | undefined> {
    try {
      return await this.processActivity(header, activity, run);
    } catch (fault) {
      if (fault instanceof AuthenticationError) return 'unauthorised';
      throw fault;
    }
  }
}

export interface IncomingTurn {
  readonly header: string;
  readonly activity: Activity;
  readonly run: (context: TurnContext) => Promise<void>;
}

/** A token that never ends is none: the SDK checks the end of a token only where there is one. */
const ends = ({ claimsIdentity }: AuthenticateRequestResult): boolean =>
  claimsIdentity.claims.some(({ type }) => type === 'exp');

const strictly = async (
  activity: Activity,
  mustEnd: boolean,
  inner: () => Promise<AuthenticateRequestResult>,
): Promise<AuthenticateRequestResult> => {
  if (!activity.serviceUrl) throw new AuthenticationError('Unauthorized', 401);
  try {
    const result = await inner();
    if (mustEnd && !ends(result)) throw new AuthenticationError('Unauthorized', 401);
    return result;
  } catch (fault) {
    if (fault instanceof AuthenticationError) throw new AuthenticationError('Unauthorized', 401);
    if (fault instanceof Error && UNAUTHORISED.has(fault.name)) throw new AuthenticationError('Unauthorized', 401);
    throw fault;
  }
};

export type BotAdapter = StrictAdapter;

/** Built here once and handed to whoever sends into Teams. A fault in a turn is answered, never repeated. */
export const botAdapter = (identity: BotIdentity, log: Log): BotAdapter => {
  const adapter = new StrictAdapter(identity);
  adapter.onTurnError = async (_context, fault) => {
    log.error('turn-failed', { fault: fault.name, message: fault.message });
    await Promise.resolve();
  };
  return adapter;
};
