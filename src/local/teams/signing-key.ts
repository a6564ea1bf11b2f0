import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';

const ISSUER = 'https://api.botframework.com';
const ALGORITHM = 'RS256';

/** The key by which the local tenant vouches for activities, as the Bot Framework does for Teams. */
export type SigningKey = {
  /** A token for one activity: valid for an hour, bound to `serviceUrl` and to the bot's app id. */
  tokenFor(claims: { appId: string; serviceUrl: string }): Promise<string>;
  /** The OpenID metadata document; `origin` is the address the keys are served from. */
  metadata(origin: string): object;
  keys(): object;
};

async function storedKey(file: string | undefined): Promise<JWK> {
  if (file !== undefined) {
    const kept = await readFile(file, 'utf8').catch(() => undefined);
    if (kept !== undefined) return JSON.parse(kept) as JWK;
  }
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const fresh = await exportJWK(privateKey);
  if (file !== undefined) await writeFile(file, JSON.stringify(fresh), { mode: 0o600 });
  return fresh;
}

/**
 * Opens the key kept in `folder`, or makes one. It is kept because a bot asks for unknown keys once an hour at most:
 * with a new key at each start, a bot that outlives the mirror would refuse everything.
 */
export async function openSigningKey(folder: string | undefined): Promise<SigningKey> {
  const secret = await storedKey(folder === undefined ? undefined : join(folder, 'mirror-key.json'));
  const kid = await calculateJwkThumbprint(secret);
  const key = await importJWK(secret, ALGORITHM);
  const published = {
    kty: secret.kty,
    n: secret.n,
    e: secret.e,
    kid,
    use: 'sig',
    alg: ALGORITHM,
    endorsements: ['msteams'],
  };
  return {
    tokenFor: ({ appId, serviceUrl }) =>
      new SignJWT({ serviceurl: serviceUrl })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .setIssuer(ISSUER)
        .setAudience(appId)
        .setIssuedAt()
        .setNotBefore('0s')
        .setExpirationTime('1h')
        .sign(key),
    metadata: (origin) => ({
      issuer: ISSUER,
      jwks_uri: `${origin}/openid/keys`,
      id_token_signing_alg_values_supported: [ALGORITHM],
    }),
    keys: () => ({ keys: [published] }),
  };
}
