import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page, Route } from 'playwright-core';
import { wordsIn } from '../../src/views/words/language.ts';
import {
  buttonOn,
  cardWith,
  goTo,
  openStage,
  picture,
  say,
  shown,
  SOON,
  type Stage,
  untilShown,
} from '../support/stage.ts';
import { until } from '../support/until.ts';

/**
 * Help with a ticket as people see it, each before a Playground of their own. Each step stands on the one before.
 */
const en = wordsIn('en');

let stage: Stage;
let anna: Page;
let elif: Page;
let nils: Page;
let ines: Page;

beforeAll(async () => {
  stage = await openStage();
  anna = await stage.openTeamsAs('Anna Arndt');
  elif = await stage.openTeamsAs('Elif Ekinci');
  nils = await stage.openTeamsAs('Nils Nowak');
  ines = await stage.openTeamsAs('Ines Ivers');
});

afterAll(() => stage.close());

/** Nothing more is on its way: a card that changes takes an open form along. */
const quiet = (): Promise<void> => stage.tenant.mirror.settled();

/** Counts what the person in front of the page does: clicks and keys, not what programmes do. In the browser's own words. */
const countActions = (page: Page): Promise<unknown> =>
  page.evaluate(`
    globalThis.userActions = 0;
    for (const kind of ['click', 'keydown'])
      addEventListener(kind, (event) => { if (event.isTrusted) globalThis.userActions += 1; }, true);
  `);
const actionsOf = (page: Page): Promise<number> => page.evaluate('globalThis.userActions');

const ticketCard = (page: Page): Locator => cardWith(page, /^INC-1001 ·/u);
const envelope = (page: Page, seq: number): Locator => cardWith(page, en.envelope.title('INC-1001', seq));

const INVOKE = '**/_conversation/v1/invoke';

/** All press at the same moment: no press reaches the desk before everybody has pressed. What each was answered. */
const atOnce = async (pages: readonly Page[], button: (page: Page) => Locator): Promise<string[]> => {
  const everybody = Promise.withResolvers<undefined>();
  let pressed = 0;
  for (const page of pages) {
    const held = async (route: Route): Promise<void> => {
      pressed += 1;
      if (pressed === pages.length) everybody.resolve(undefined);
      await everybody.promise;
      await route.continue();
    };
    await page.route(INVOKE, held, { times: 1 });
  }
  return Promise.all(
    pages.map(async (page) => {
      const answered = page.waitForResponse(INVOKE);
      await button(page).click();
      return (await answered).text();
    }),
  );
};

/** Who helps, as this person's card says. The words of a refusal stand above it only until the next edit of the card. */
const helperOn = async (page: Page): Promise<string | undefined> => {
  const card = await envelope(page, 1).innerText();
  return ['Elif Ekinci', 'Nils Nowak'].find((name) => card.includes(`${name} (Network)`));
};

const complete = async (page: Page, seq: number, result: string): Promise<void> => {
  const accepted = envelope(page, seq).getByText(en.envelopeState.accepted).first();
  await untilShown(accepted, () => buttonOn(envelope(page, seq), en.envelope.accept).click(SOON));
  await answer(page, seq, result);
};

const answer = (page: Page, seq: number, result: string): Promise<void> =>
  untilShown(envelope(page, seq).getByText(result).first(), async () => {
    await quiet();
    const field = envelope(page, seq).getByLabel(en.envelope.resultLabel);
    if (!(await field.isVisible())) await buttonOn(envelope(page, seq), en.envelope.complete).first().click(SOON);
    await field.fill(result, SOON);
    await buttonOn(envelope(page, seq), en.envelope.complete).click(SOON);
  });

describe('help with a ticket, its owner stays', () => {
  it('from the open card to the request it is one action of one person', async () => {
    await Promise.all([anna, elif, nils, ines].map((page) => goTo(page, 'Tickets')));
    await stage.mails({
      from: 'carla@customer.example',
      subject: 'The VPN drops every hour',
      text: 'Since Monday my vpn connection drops. I have to dial in again each time.',
    });
    await shown(anna, /INC-1001 · New/u);
    await buttonOn(ticketCard(anna), en.card.accept).click();
    await shown(anna, /Anna Arndt is taking it/u);
    await quiet();
    await countActions(anna);
    await buttonOn(ticketCard(anna), en.tell.askTeam('Network')).click();
    await shown(anna, en.tell.answered(0, 1));
    expect(await actionsOf(anna)).toBe(1);
    await picture(anna, 'help-1-asked');
  });

  it('the team is asked in its channel, under the customer, the number, the owner and the priority', async () => {
    await envelope(elif, 1).waitFor();
    for (const fact of ['carla@customer.example', 'INC-1001', 'Anna Arndt', 'P3'])
      await expect(envelope(elif, 1).innerText()).resolves.toContain(fact);
    await picture(elif, 'help-2-team');
  });

  it('of two experts who accept at once, one helps and the other reads who', async () => {
    await quiet();
    const taken = (name: string): string =>
      en.refusal['envelope-taken']({ refused: 'envelope-taken', owner: { id: '' as never, name } });
    const experts = [elif, nils];
    const [toElif, toNils] = await atOnce(experts, (page) => buttonOn(envelope(page, 1), en.envelope.accept));
    const refused = [toElif?.includes(taken('Nils Nowak')), toNils?.includes(taken('Elif Ekinci'))];
    expect(refused.filter(Boolean)).toHaveLength(1);
    await until(async () => {
      const [first, second] = await Promise.all(experts.map(helperOn));
      return first !== undefined && first === second;
    });
    await expect(helperOn(elif)).resolves.toBe(refused[0] ? 'Nils Nowak' : 'Elif Ekinci');
    await shown(anna, en.tell.answered(0, 1));
    await shown(anna, /Owner:\s*Anna Arndt/u);
  });

  it('three run side by side, and their answers come in any order', async () => {
    await quiet();
    await buttonOn(ticketCard(anna), en.tell.askTeam('Identity & Access')).click();
    await shown(anna, en.tell.answered(0, 2));
    await quiet();
    await buttonOn(ticketCard(anna), en.tell.askTeam('Network')).click();
    await shown(anna, en.tell.answered(0, 3));
    await complete(nils, 3, 'The route is fine.');
    await shown(anna, en.tell.answered(1, 3));
    await complete(ines, 2, 'The account is not locked.');
    await shown(anna, en.tell.answered(2, 3));
    const winner = (await helperOn(elif)) === 'Elif Ekinci' ? elif : nils;
    await answer(winner, 1, 'Rekeying was off, it is on again.');
    await shown(anna, en.tell.answered(3, 3));
    await shown(anna, /Owner:\s*Anna Arndt/u);
    await picture(anna, 'help-3-answered');
  });

  it('whoever gives the ticket away keeps it, and is one tap from help', async () => {
    await say(anna, 'assign INC-1001 Ben');
    await shown(anna, /The owner stays Anna Arndt/u);
    await picture(anna, 'help-4-refused');
    await buttonOn(anna, en.tell.askTeam('Ben Berger')).click();
    await shown(anna, en.tell.answered(3, 4));
    await goTo(anna, 'Tickets');
    await shown(anna, /Owner:\s*Anna Arndt/u);
  });

  it('the customer has read of nobody but the desk', () => {
    const read = stage.tenant.graph
      .sentMail()
      .map((mail) => JSON.stringify(mail))
      .join('\n');
    expect(read).toContain('INC-1001');
    for (const word of ['Elif', 'Nils', 'Ines', 'Rekeying', 'Network']) expect(read).not.toContain(word);
  });
});
