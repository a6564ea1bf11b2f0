import type { IncomingMessage } from 'node:http';
import type { Activity } from './activity.ts';
import { activityShape, asTeamsSends } from './activity.ts';
import type { ConnectorParts } from './connector.ts';
import { answerConnector } from './connector.ts';
import type { FaultBoard } from './faults.ts';
import { faultShape } from './faults.ts';
import type { Answer } from './http-exchange.ts';
import { parsed, readBody, RequestRefused } from './http-exchange.ts';
import type { Playgrounds } from './playgrounds.ts';
import type { SigningKey } from './signing-key.ts';
import type { Person, Tenant } from './tenant.ts';
import { personNamed } from './tenant.ts';

/** Bytes. Teams refuses larger posts of a bot; people's activities may carry more. */
const LARGEST_POST = 100 * 1024;
const LARGEST_ACTIVITY = 1024 * 1024;

/** Everything the routes need. */
export type House = {
  readonly botUrl: string;
  readonly people: readonly Person[];
  readonly tenant: Tenant;
  /** Whether the connector takes this bearer token; without it every call is taken. */
  readonly tokenOk: ((bearer: string) => boolean) | undefined;
  /** The mirror's own address, the service URL of every activity. */
  readonly url: string;
  readonly key: SigningKey;
  readonly faults: FaultBoard;
  readonly playgrounds: Playgrounds;
  readonly connector: ConnectorParts;
};

/** Signs the person's activity and hands it to the bot; answers its status and body. Throws RequestRefused 502. */
export async function deliver(
  { botUrl, url, key, tenant }: House,
  activity: Activity,
  person: Person,
): Promise<Answer> {
  const token = await key.tokenFor({ appId: tenant.appId, serviceUrl: url });
  const sent = fetch(botUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
    body: JSON.stringify(asTeamsSends(activity, { person, tenant, serviceUrl: url })),
  });
  const answer = await sent.catch((cause: unknown) => {
    throw new RequestRefused(502, 'BotNotReachable', `the bot does not answer at ${botUrl}: ${String(cause)}`);
  });
  return { status: answer.status, body: await answer.text() };
}

/** Throws RequestRefused 404 for a stranger. */
export function requirePerson(house: House, name: string): Person {
  const person = personNamed(house.people, name);
  if (!person) throw new RequestRefused(404, 'UnknownPerson', `nobody in this tenant is ${name}`);
  return person;
}

async function fromPlayground(house: House, personId: string, request: IncomingMessage): Promise<Answer> {
  const person = requirePerson(house, personId);
  // The page asks whether its bot is there before it shows anything.
  if (request.method !== 'POST') return { status: 405 };
  const activity = parsed(activityShape, await readBody(request, LARGEST_ACTIVITY));
  return deliver(house, house.playgrounds.heard(person, activity), person);
}

function requireToken({ tokenOk }: House, request: IncomingMessage): void {
  if (!tokenOk) return;
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme === 'Bearer' && token !== undefined && tokenOk(token)) return;
  throw new RequestRefused(401, 'Unauthorized', 'Authorization has been denied for this request.');
}

async function fromBot(house: House, at: URL, request: IncomingMessage): Promise<Answer> {
  const body = await readBody(request, LARGEST_POST);
  requireToken(house, request);
  const method = request.method ?? 'GET';
  const path = segmentsOf(at);
  const met = house.faults.meets(`${method} /${path.join('/')}${at.search}`);
  if (met?.when === 'before') return met.answer;
  const answer = answerConnector(house.connector, { method, path: path.slice(1), query: at.searchParams, body });
  return met?.answer ?? answer;
}

async function faultsRoute({ faults }: House, request: IncomingMessage): Promise<Answer> {
  if (request.method === 'POST') faults.arm(parsed(faultShape, await readBody(request, LARGEST_ACTIVITY)));
  if (request.method === 'DELETE') faults.disarm();
  return { status: 200, body: faults.list() };
}

/** Path segments, decoded; empty ones left out, for clients differ in how they join `/v3` to the service's address. */
function segmentsOf(at: URL): string[] {
  try {
    return at.pathname
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
  } catch (cause) {
    throw new RequestRefused(400, 'BadSyntax', `the path cannot be read: ${String(cause)}`);
  }
}

/** Answers one request to the mirror. Throws RequestRefused. */
export function route(house: House, request: IncomingMessage): Promise<Answer> | Answer {
  const at = new URL(request.url ?? '/', house.url);
  const [first, second = '', ...rest] = segmentsOf(at);
  if (first === 'v3') return fromBot(house, at, request);
  if (first === 'from' && rest.join('/') === 'api/messages') return fromPlayground(house, second, request);
  if (first === 'openid' && second === 'metadata') return { status: 200, body: house.key.metadata(house.url) };
  if (first === 'openid' && second === 'keys') return { status: 200, body: house.key.keys() };
  if (first === '__mirror' && second === 'faults') return faultsRoute(house, request);
  throw new RequestRefused(404, 'NotFound', `no route ${at.pathname}`);
}
