import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { jwtVerify, SignJWT } from 'jose';
import { GraphFailure } from './failure.ts';

const GRAPH = 'https://graph.microsoft.com';
const BOT_FRAMEWORK = 'https://api.botframework.com';

export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface AccessTokenOptions {
  readonly tenantId: string;
  readonly clients: readonly Client[];
  readonly now: () => number;
  readonly lifetimeS: number;
  readonly folder?: string | undefined;
}

/** A refusal of the token endpoint: OAuth's error word, the number of Entra's AADSTS code, and a sentence. */
class TokenRefusal extends Error {
  override name = 'TokenRefusal' as const;
  readonly error: string;
  readonly code: number;

  constructor(error: string, code: number, message: string) {
    super(`AADSTS${code}: ${message}`);
    this.error = error;
    this.code = code;
  }
}

export interface TokenAnswer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Kept beside the mailboxes, so that a token held by the product outlives a restart of the tenant. */
const signingKey = (folder: string | undefined): Buffer => {
  if (folder === undefined) return randomBytes(32);
  const file = path.join(folder, 'token.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return readFileSync(file);
};

const basic = (header: string): { id: string; secret: string } | undefined => {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(header) ?? [];
  if (encoded === undefined) return undefined;
  const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { id: decodeURIComponent(id), secret: decodeURIComponent(rest.join(':')) };
};

/** Issues and checks application tokens (client credentials with a secret). */
export class AccessTokens {
  readonly #options: AccessTokenOptions;
  readonly #key: Buffer;

  constructor(options: AccessTokenOptions) {
    this.#options = options;
    this.#key = signingKey(options.folder);
  }

  openIdConfiguration(base: string): Readonly<Record<string, unknown>> {
    const at = `${base}/${this.#options.tenantId}`;
    return {
      issuer: `${at}/v2.0`,
      authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
      token_endpoint: `${at}/oauth2/v2.0/token`,
      jwks_uri: `${at}/discovery/v2.0/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      response_types_supported: ['token'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid'],
    };
  }

  /** @param tenant as named in the path; the Bot Framework asks under its own name */
  async answer(tenant: string, form: URLSearchParams, authorization: string): Promise<TokenAnswer> {
    try {
      const { lifetimeS } = this.#options;
      const accessToken = await this.#issue(tenant, form, authorization);
      const json = {
        token_type: 'Bearer',
        expires_in: lifetimeS,
        ext_expires_in: lifetimeS,
        access_token: accessToken,
      };
      return { status: 200, json };
    } catch (cause) {
      if (!(cause instanceof TokenRefusal)) throw cause;
      return { status: cause.error === 'invalid_client' ? 401 : 400, json: this.#refusal(cause) };
    }
  }

  /** The caller's client id. Errors: 401 InvalidAuthenticationToken. */
  async check(authorization: string): Promise<string> {
    const [, token] = /^Bearer\s+(\S+)$/i.exec(authorization) ?? [];
    if (token === undefined) throw unauthorized('Access token is empty.');
    try {
      const currentDate = new Date(this.#options.now());
      const { payload } = await jwtVerify(token, this.#key, { audience: GRAPH, currentDate });
      return String(payload.appid);
    } catch (cause) {
      const expired = (cause as { code?: string }).code === 'ERR_JWT_EXPIRED';
      throw unauthorized(
        expired ? 'Lifetime validation failed, the token is expired.' : 'Access token validation failure.',
      );
    }
  }

  async #issue(tenant: string, form: URLSearchParams, authorization: string): Promise<string> {
    if (tenant !== this.#options.tenantId && tenant !== 'botframework.com') {
      throw new TokenRefusal('invalid_request', 90002, `Tenant '${tenant}' not found.`);
    }
    if (form.get('grant_type') !== 'client_credentials') {
      throw new TokenRefusal('unsupported_grant_type', 70003, 'The app requested an unsupported grant type.');
    }
    const appid = this.#authenticate(form, basic(authorization));
    const scope = form.get('scope') ?? '';
    const aud = [GRAPH, BOT_FRAMEWORK].find((resource) => scope === `${resource}/.default`);
    if (aud === undefined) {
      throw new TokenRefusal('invalid_scope', 70011, `The provided value for scope '${scope}' is not valid.`);
    }
    const issued = Math.floor(this.#options.now() / 1000);
    const roles = ['Mail.ReadWrite', 'Mail.Send', 'User.Read.All'];
    return new SignJWT({ appid, azp: appid, tid: this.#options.tenantId, oid: appid, roles, ver: '1.0' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setAudience(aud)
      .setIssuer(`https://sts.windows.net/${this.#options.tenantId}/`)
      .setSubject(appid)
      .setJti(randomUUID())
      .setIssuedAt(issued)
      .setNotBefore(issued - 300)
      .setExpirationTime(issued + this.#options.lifetimeS)
      .sign(this.#key);
  }

  #authenticate(form: URLSearchParams, header: { id: string; secret: string } | undefined): string {
    const id = header?.id ?? form.get('client_id');
    const secret = header?.secret ?? form.get('client_secret');
    if (!id) throw new TokenRefusal('invalid_request', 900144, "The request body must contain: 'client_id'.");
    const client = this.#options.clients.find((known) => known.clientId === id);
    if (!client) {
      throw new TokenRefusal('unauthorized_client', 700016, `Application with identifier '${id}' was not found.`);
    }
    if (!secret) throw new TokenRefusal('invalid_client', 7000216, "'client_secret' is required.");
    if (client.clientSecret === secret) return id;
    throw new TokenRefusal('invalid_client', 7000215, `Invalid client secret provided for app '${id}'.`);
  }

  #refusal(refusal: TokenRefusal): Readonly<Record<string, unknown>> {
    const trace = randomUUID();
    const at = new Date(this.#options.now()).toISOString().replace('T', ' ').slice(0, 19);
    return {
      error: refusal.error,
      error_description: `${refusal.message} Trace ID: ${trace} Timestamp: ${at}Z`,
      error_codes: [refusal.code],
      timestamp: `${at}Z`,
      trace_id: trace,
      correlation_id: trace,
    };
  }
}

const unauthorized = (message: string): GraphFailure =>
  new GraphFailure(401, 'InvalidAuthenticationToken', { message, headers: { 'WWW-Authenticate': 'Bearer realm=""' } });
