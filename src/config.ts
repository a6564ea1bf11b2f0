import { z } from 'zod';
import { ConfigError } from './application/errors.ts';

/** Every setting of the product, parsed once. The only file that reads process.env. */
export interface Settings {
  readonly environment: 'local' | 'test' | 'production';
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly dataFolder: string;
  readonly deskFile: string;
  readonly logLevel: string;
  readonly bot: {
    readonly appId?: string;
    readonly tenantId?: string;
    readonly openIdMetadataUrl?: string;
    readonly tokenIssuer?: string;
    /** Set: everything goes there. Not set: where Teams says, and at first to its global address. */
    readonly serviceUrl?: string;
  };
  readonly azure: {
    readonly tenantId: string;
    readonly clientId: string;
    readonly clientSecret?: string;
    readonly authorityHost?: string;
  };
  readonly graph: { readonly url: string; readonly clientState: string };
  readonly mailSecret: string;
  /** Set on a test machine only: the clock is moved by what stands in this file. */
  readonly clockFile?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const text = (what: string) => z.string({ error: what }).trim().min(1, what);
const url = (what: string) => z.url({ protocol: /^https?$/u, error: what });
const secret = (what: string) => z.string({ error: what }).min(16, what);
/** In small letters, as Entra writes them into tokens. */
const guid = (what: string) => z.guid({ error: what }).toLowerCase();

const Variables = z.object({
  DESK_ENV: z
    .enum(['local', 'test', 'production'], { error: 'is not local, test or production' })
    .default('production'),
  HOST: text('is empty: the address to listen on, e.g. 127.0.0.1').default('127.0.0.1'),
  PORT: z.coerce
    .number({ error: 'is not a number: the port to listen on, e.g. 3978' })
    .int('is no port: 0 to 65535')
    .min(0, 'is no port: 0 to 65535')
    .max(65_535, 'is no port: 0 to 65535')
    .default(3978),
  PUBLIC_URL: url('is missing or no URL: the https address at which Microsoft Graph and Teams reach this desk'),
  DESK_DATA: text('is empty: the folder of the embedded store').default('.local/desk'),
  DESK_CONFIG: text('is empty: the file with people, teams and mailboxes').default('config/desk.json'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'is not debug, info, warn, error or silent' })
    .default('info'),
  BOT_ID: guid('is missing or no GUID: the application (client) id of the bot registration').optional(),
  BOT_TENANT_ID: guid('is missing or no GUID: the directory (tenant) id that the bot serves').optional(),
  BOT_ALLOW_ANONYMOUS: z.enum(['true', 'false'], { error: 'is not true or false' }).default('false'),
  BOT_OPENID_METADATA: url('is no URL: the OpenID metadata of another token issuer').optional(),
  BOT_TOKEN_ISSUER: text('is empty').optional(),
  BOT_SERVICE_URL: url('is no URL: the service URL of your Teams region; leave it out to follow Teams').optional(),
  AZURE_TENANT_ID: guid('is missing or no GUID: the directory (tenant) id of the mailboxes'),
  AZURE_CLIENT_ID: guid('is missing or no GUID: the application (client) id that may read and send mail'),
  AZURE_CLIENT_SECRET: text('is empty: leave it out to use a managed identity').optional(),
  AZURE_AUTHORITY_HOST: url('is no URL').optional(),
  GRAPH_URL: url('is no URL').default('https://graph.microsoft.com'),
  GRAPH_CLIENT_STATE: secret(
    'is missing or shorter than 16 characters: a random secret that proves that notifications come from Graph',
  ).max(128, 'is longer than 128 characters: Graph sends no more back'),
  MAIL_SIGNING_SECRET: secret(
    'is missing or shorter than 16 characters: a random secret that signs Message-IDs; never change it later',
  ),
  DESK_CLOCK_FILE: text('is empty: leave it out to go by the clock of this machine').optional(),
});

/** Every variable the desk knows. */
export const VARIABLES: readonly string[] = Object.keys(Variables.shape);

type Parsed = z.infer<typeof Variables>;

/** In production nothing of this goes over an open line. */
const HTTPS_WHY: Readonly<Record<string, string>> = {
  PUBLIC_URL: 'Microsoft Graph calls nothing else',
  BOT_OPENID_METADATA: 'who sits between could publish keys of their own and speak as Teams',
  BOT_SERVICE_URL: 'the bot would show its token to everybody between',
  AZURE_AUTHORITY_HOST: 'the desk would show its secret to everybody between',
  GRAPH_URL: 'mails would be read by everybody between',
};

/** Faults that only show when settings are seen together; looked for even where single ones are at fault. */
const together = (given: Environment): string[] => {
  const production = (given.DESK_ENV ?? 'production') === 'production';
  const anonymous = given.BOT_ALLOW_ANONYMOUS === 'true';
  return [
    ...(given.BOT_ID === undefined && !anonymous
      ? [
          'BOT_ID is missing: anyone could speak as anyone. Set the id of the bot registration (or, for a test only, BOT_ALLOW_ANONYMOUS=true)',
        ]
      : []),
    ...(anonymous && production ? ['BOT_ALLOW_ANONYMOUS is true in production: remove it'] : []),
    ...(given.DESK_CLOCK_FILE !== undefined && production
      ? ['DESK_CLOCK_FILE is set in production: whoever writes that file moves every promise. Remove it']
      : []),
    ...(given.BOT_ID !== undefined && given.BOT_TENANT_ID === undefined
      ? ['BOT_TENANT_ID is missing: the directory (tenant) id that the bot serves']
      : []),
    ...(production ? Object.entries(HTTPS_WHY).filter(([name]) => /^http:/iu.test(given[name] ?? '')) : []).map(
      ([name, why]) => `${name} is not https: ${why}`,
    ),
  ];
};

const without = <Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;

/** Reads the settings; every fault at once, each with what to do. Empty variables count as missing. */
export const readSettings = (environment: Environment = process.env): Settings => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Variables.safeParse(given);
  const single = parsed.success ? [] : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  const faults = [...new Set([...single, ...together(given)])];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  return settingsOf(parsed.data);
};

const settingsOf = (v: Parsed): Settings => ({
  environment: v.DESK_ENV,
  host: v.HOST,
  port: v.PORT,
  publicUrl: v.PUBLIC_URL.replace(/\/$/u, ''),
  dataFolder: v.DESK_DATA,
  deskFile: v.DESK_CONFIG,
  logLevel: v.LOG_LEVEL,
  bot: without({
    appId: v.BOT_ID,
    tenantId: v.BOT_TENANT_ID,
    openIdMetadataUrl: v.BOT_OPENID_METADATA,
    tokenIssuer: v.BOT_TOKEN_ISSUER,
    serviceUrl: v.BOT_SERVICE_URL,
  }),
  azure: without({
    tenantId: v.AZURE_TENANT_ID,
    clientId: v.AZURE_CLIENT_ID,
    clientSecret: v.AZURE_CLIENT_SECRET,
    authorityHost: v.AZURE_AUTHORITY_HOST,
  }),
  graph: { url: v.GRAPH_URL.replace(/\/$/u, ''), clientState: v.GRAPH_CLIENT_STATE },
  mailSecret: v.MAIL_SIGNING_SECRET,
  ...without({ clockFile: v.DESK_CLOCK_FILE }),
});
