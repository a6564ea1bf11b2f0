import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { endWith } from '../../support/answer.ts';

/** Vouches for activities as the Bot Framework does, and as nobody should. */
export interface OpenIdIssuer {
  readonly metadataUrl: string;
  /** Signed with the endorsed key unless told otherwise. */
  sign(
    claims: JWTPayload,
    how?: { readonly kid?: KeyName | 'unpublished'; readonly by?: KeyName | 'stranger' },
  ): Promise<string>;
  /** The endorsed key as published. */
  readonly publicJwk: JWK;
  close(): Promise<void>;
}

type KeyName = 'endorsed' | 'for-another-channel';

export const ISSUER = 'https://api.botframework.com';

export const openIdIssuer = async (): Promise<OpenIdIssuer> => {
  const pairs = {
    endorsed: await generateKeyPair('RS256'),
    'for-another-channel': await generateKeyPair('RS256'),
    stranger: await generateKeyPair('RS256'),
  };
  const published = async (
    kid: KeyName,
    endorsements: readonly string[],
  ): Promise<JWK & { endorsements: readonly string[] }> => ({
    ...(await exportJWK(pairs[kid].publicKey)),
    kid,
    use: 'sig',
    alg: 'RS256',
    endorsements,
  });
  const publicJwk = await published('endorsed', ['msteams']);
  const keys = [publicJwk, await published('for-another-channel', ['webchat'])];
  const server = createServer((request, response) => {
    const origin = `http://${request.headers.host ?? ''}`;
    const document = request.url === '/keys' ? { keys } : { issuer: ISSUER, jwks_uri: `${origin}/keys` };
    endWith(response, 200, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(document) });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    metadataUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metadata`,
    publicJwk,
    sign: (claims, { kid = 'endorsed', by = 'endorsed' } = {}) => signed(pairs[by].privateKey, kid, claims),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
};

const signed = (key: CryptoKey, kid: string, claims: JWTPayload): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(key);
