import { ClientSecretCredential, DefaultAzureCredential, type TokenCredential } from '@azure/identity';
import { GraphError } from '../../application/errors.ts';

export interface DeskIdentity {
  readonly tenantId: string;
  readonly clientId: string;
  /** Absent where the desk runs under a managed identity. */
  readonly clientSecret?: string;
  /** An https origin; Microsoft's public one unless told. */
  readonly authorityHost?: string;
}

const MICROSOFT = /^login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn|chinacloudapi\.cn)$/u;

/** Instance discovery asks Microsoft about the authority: of a stranger it would know nothing, and a closed network hangs. */
const authorityOf = (authorityHost: string) => ({
  authorityHost,
  disableInstanceDiscovery: !MICROSOFT.test(new URL(authorityHost).hostname),
});

/** Who the desk is: an app with a secret, or the identity its machine was given. */
export const deskCredential = ({ tenantId, clientId, clientSecret, authorityHost }: DeskIdentity): TokenCredential => {
  const authority = authorityHost === undefined ? {} : authorityOf(authorityHost);
  return clientSecret === undefined
    ? new DefaultAzureCredential({ tenantId, managedIdentityClientId: clientId, ...authority })
    : new ClientSecretCredential(tenantId, clientId, clientSecret, authority);
};

/**
 * Access tokens by scope, e.g. `https://api.botframework.com/.default`; cached by the credential until shortly before they end.
 * Errors: GraphError 401 when none is given.
 */
export const accessTokens =
  (credential: TokenCredential) =>
  async (scope: string): Promise<string> => {
    const given = await credential.getToken(scope);
    if (given !== null) return given.token;
    throw new GraphError(`No access token was given for ${scope}.`, { status: 401, code: 'NoToken' });
  };
