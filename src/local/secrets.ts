import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The demo tenant's secrets: made by chance at the first start, kept beside its data, readable by the owner only. */
export interface Secrets {
  readonly clientSecret: string;
  readonly clientState: string;
  readonly mailSecret: string;
}

export const secretsIn = (folder: string): Secrets => {
  const file = path.join(folder, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const secret = (): string => randomBytes(24).toString('base64url');
  const secrets = { clientSecret: secret(), clientState: secret(), mailSecret: secret() };
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
};
