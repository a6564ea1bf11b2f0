import type { IncomingMessage, ServerResponse } from 'node:http';
import { mailboxPages } from '../mailbox-page/mailbox-pages.ts';
import { html, type Markup } from '../mailbox-page/markup.ts';
import { CONTENT_SECURITY_POLICY, linkTo, page, type Reader } from '../mailbox-page/page.ts';
import { languageOf, wordsOf } from '../mailbox-page/words.ts';
import type { LocalTenant } from '../tenant.ts';
import { button } from './button.ts';
import { FAULTS } from './faults.ts';
import { timeSection } from './time.ts';
import { type FaultName, startWords, STEPS } from './words.ts';

const LOOPBACK = /^(localhost|127\.0\.0\.1)(:\d+)?$/u;

/** Another site open in the same browser must start, break and read nothing here. */
const isForeign = ({ headers }: IncomingMessage): boolean => {
  const { host = '', origin } = headers;
  const site = headers['sec-fetch-site'];
  return !LOOPBACK.test(host) || (origin !== undefined && URL.parse(origin)?.host !== host) || site === 'cross-site';
};

const readerOf = (request: IncomingMessage, url: URL): Reader => {
  const asked = url.searchParams.get('lang');
  const language = languageOf(asked, request.headers['accept-language'] ?? '');
  return { language, asked: asked === null ? undefined : language, words: wordsOf(language), path: url.pathname };
};

const peopleSection = (tenant: LocalTenant, reader: Reader): Markup => {
  const words = startWords(reader.language);
  const running = tenant.openPlaygrounds();
  return html`<section aria-labelledby="people">
    <h2 id="people">${words.people}</h2>
    <p class="quiet">${words.peopleHint}</p>
    <ul>
      ${tenant.people.map(
        ({ id, name }) =>
          html`<li>
            <a href="${linkTo(reader, `/people/${id}`)}">${words.open(name)}</a>
            ${running.includes(id) && html`<span class="quiet">(${words.running})</span>`}
          </li>`,
      )}
    </ul>
  </section>`;
};

const mailSection = ({ graph }: LocalTenant, reader: Reader): Markup => {
  const words = startWords(reader.language);
  return html`<section aria-labelledby="mail">
    <h2 id="mail">${words.mailboxes}</h2>
    <ul>
      ${graph
        .mailboxes()
        .map(
          ({ address, name }) =>
            html`<li><a href="${linkTo(reader, `/mail/${encodeURIComponent(address)}`)}">${name} (${address})</a></li>`,
        )}
    </ul>
    <p class="quiet">${words.mailHint(graph.smtpPort)}</p>
  </section>`;
};

const faultSection = ({ graph, mirror }: LocalTenant, reader: Reader): Markup => {
  const words = startWords(reader.language);
  const set = graph.faults().length + mirror.faults().length;
  return html`<section aria-labelledby="faults">
    <h2 id="faults">${words.faults}</h2>
    <p class="quiet">${words.faultsHint} ${set > 0 ? words.active(set) : words.noFaults}</p>
    ${(Object.keys(FAULTS) as FaultName[]).map((name) => button(reader, `/faults/${name}`, words.fault[name]))}
    ${button(reader, '/faults/clear', words.clear)}
  </section>`;
};

const startPage = (tenant: LocalTenant, reader: Reader): string => {
  const words = startWords(reader.language);
  const main = html`<p>${words.intro}</p>
    <section aria-labelledby="try">
      <h2 id="try">${words.tryThis}</h2>
      <ol>
        ${words.steps.map((step) => html`<li>${step}</li>`)}
      </ol>
    </section>
    ${peopleSection(tenant, reader)} ${mailSection(tenant, reader)} ${timeSection(tenant, reader)}
    ${faultSection(tenant, reader)}
    <section aria-labelledby="desk">
      <h2 id="desk">${words.product}</h2>
      <p>${words.productState(tenant.product().running)} ${words.fenced}</p>
      ${button(reader, '/product/restart', words.restart)}${button(reader, '/product/kill', words.kill)}
    </section>`;
  return page(reader, { title: words.title, crumbs: [], main });
};

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly location?: string;
}

const act = async (tenant: LocalTenant, path: string): Promise<boolean> => {
  const [, room, name = ''] = path.split('/');
  if (room === 'product' && (name === 'restart' || name === 'kill')) {
    await tenant.restart(name === 'kill' ? 'SIGKILL' : 'SIGTERM');
    return true;
  }
  if (room === 'clock') return moveClock(tenant, name);
  if (room !== 'faults') return false;
  if (name === 'clear') {
    tenant.graph.clearFaults();
    tenant.mirror.clearFaults();
    return true;
  }
  if (!Object.hasOwn(FAULTS, name)) return false;
  FAULTS[name as FaultName](tenant);
  return true;
};

const moveClock = ({ clock }: LocalTenant, by: string): boolean => {
  if (by === 'real') clock.reset();
  else if (STEPS.some((step) => step === by)) clock.move({ minutes: Number(by) });
  else return false;
  return true;
};

const answer = async (tenant: LocalTenant, request: IncomingMessage, reader: Reader): Promise<Answer> => {
  const notFound = { status: 404, body: page(reader, { title: reader.words.notFound, crumbs: [], main: html`` }) };
  if (isForeign(request))
    return { status: 403, body: page(reader, { title: reader.words.forbidden, crumbs: [], main: html`` }) };
  if (request.method === 'POST') {
    return (await act(tenant, reader.path)) ? { status: 303, body: '', location: linkTo(reader, '/') } : notFound;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return { status: 405, body: page(reader, { title: reader.words.badMethod, crumbs: [], main: html`` }) };
  if (reader.path === '/') return { status: 200, body: startPage(tenant, reader) };
  const person = /^\/people\/([\w-]+)$/u.exec(reader.path)?.[1];
  const playground = person === undefined ? undefined : await tenant.playgroundOf(person);
  return playground ? { status: 303, body: '', location: playground.url } : notFound;
};

/** A Playground or the desk did not start; why stands in the console. */
const failurePage = (reader: Reader): string =>
  page(reader, {
    title: startWords(reader.language).failed,
    crumbs: [],
    main: html`<p><a href="${linkTo(reader, '/')}">${reader.words.back}</a></p>`,
  });

/** The tenant's pages: the start page with people, mailboxes and faults, and everybody's mail below /mail. */
export const startPages = (
  tenant: LocalTenant,
): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  const mail = mailboxPages(tenant.graph);
  return async (request, response) => {
    if (await mail(request, response)) return;
    const reader = readerOf(request, new URL(request.url ?? '/', 'http://localhost'));
    const { status, body, location } = await answer(tenant, request, reader).catch((fault: unknown): Answer => {
      console.error('start page:', fault);
      return { status: 500, body: failurePage(reader) };
    });
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      ...(location === undefined ? {} : { location }),
    });
    response.end(body);
  };
};
