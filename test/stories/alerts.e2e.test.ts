import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { wordsIn } from '../../src/views/words/language.ts';
import { buttonOn, cardWith, goTo, openStage, picture, SOON, type Stage, untilShown } from '../support/stage.ts';

/** A ticket that nobody takes, as each of those sees it who are told; the desk's clock is moved. Each step stands on the one before. */
const en = wordsIn('en');

let stage: Stage;
let anna: Page;
let sam: Page;
let mara: Page;

beforeAll(async () => {
  stage = await openStage();
  anna = await stage.openTeamsAs('Anna Arndt');
  sam = await stage.openTeamsAs('Sam Sommer');
  mara = await stage.openTeamsAs('Mara Meyer');
});

afterAll(() => stage.close());

const quiet = (): Promise<void> => stage.tenant.mirror.settled();
const idOf = (name: string): string => {
  const found = stage.tenant.people.find((each) => each.name === name);
  if (!found) throw new TypeError(`nobody is called ${name}`);
  return found.id;
};
/** That nothing comes is only seen by waiting: the desk looks at its clock every second. */
const looksTwice = (): Promise<void> => setTimeout(2_500);
const minutesPass = (minutes: number): void => stage.tenant.clock.move({ minutes });

/** The case's card in the channel. */
const ticketCard = (page: Page, number: string): Locator => cardWith(page, new RegExp(`^${number} ·`, 'u'));
const alertCard = (page: Page, number: string): Locator =>
  page.locator('.ac-adaptiveCard').filter({ hasText: number }).filter({ hasText: 'queue' }).last();

const field = (within: Locator, label: string): Locator => within.getByRole('combobox', { name: label });
const choose = async (page: Page, box: Locator, option: string): Promise<void> => {
  await box.click(SOON);
  await page.getByRole('option', { name: option, exact: true }).click(SOON);
};

/** The first mail of a customer, and a lead who says how urgent it is: 30, 60 and 120 minutes are left to take it. */
const urgent = async (number: string, subject: string): Promise<void> => {
  await stage.mails({ from: 'carla@customer.example', subject, text: 'Nobody on our floor gets through any more.' });
  await goTo(sam, 'Tickets');
  await ticketCard(sam, number).waitFor();
  await untilShown(ticketCard(sam, number).getByText(en.priority.P2).first(), async () => {
    await quiet();
    const form = ticketCard(sam, number);
    if (!(await field(form, en.card.impact).isVisible())) await buttonOn(form, en.card.sort).click(SOON);
    await choose(sam, field(form, en.card.impact), en.level.high);
    await choose(sam, field(form, en.card.urgency), en.level.medium);
    await buttonOn(ticketCard(sam, number), en.card.save).click(SOON);
  });
};

/** The heading of its alert at that level, on the newest card. */
const atLevel = (page: Page, number: string, level: 1 | 2 | 3): Locator =>
  alertCard(page, number)
    .getByText(new RegExp(`· ${en.alert.level(level)}$`, 'u'))
    .first();

/** When its card says that the next level comes, as the words after "tells the …" have it. */
const nextAt = async (page: Page, number: string): Promise<string> =>
  /level \d tells the \w+ (?:at|on) .*?(\d\d:\d\d)/u.exec(await alertCard(page, number).innerText())?.[1] ?? 'never';
/** How many minutes it is until the clocks of the desk show that time. */
const minutesUntil = (time: string): number => {
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: stage.tenant.zone });
  const minutes = Array.from({ length: 1_440 }, (_, n) => n);
  const found = minutes.find((n) => clock.format(stage.tenant.clock.now() + n * 60_000) === time);
  if (found === undefined) throw new RangeError(`no clock ever shows ${time}`);
  return found;
};

describe('a ticket that nobody takes', () => {
  const NUMBER = 'INC-1001';

  it('is told to the team first, in their own chat', async () => {
    await urgent(NUMBER, 'The phones are dead');
    await Promise.all([anna, sam, mara].map((page) => goTo(page, 'Personal Chat')));
    minutesPass(31);
    await atLevel(anna, NUMBER, 1).waitFor();
    await quiet();
    await picture(anna, 'alerts-1-team');
    await expect(alertCard(sam, NUMBER).count()).resolves.toBe(0);
    await expect(alertCard(mara, NUMBER).count()).resolves.toBe(0);
  });

  it('then to the supervisor, when the card says so and not before; the team’s card is the same one', async () => {
    const at = await nextAt(anna, NUMBER);
    minutesPass(minutesUntil(at) - 1);
    await looksTwice();
    await quiet();
    await expect(alertCard(sam, NUMBER).count()).resolves.toBe(0);
    minutesPass(2);
    await atLevel(sam, NUMBER, 2).waitFor();
    await atLevel(anna, NUMBER, 2).waitFor();
    await quiet();
    await picture(sam, 'alerts-2-supervisor');
    await expect(anna.locator('.ac-adaptiveCard').filter({ hasText: 'queue' }).count()).resolves.toBe(1);
    await expect(alertCard(mara, NUMBER).count()).resolves.toBe(0);
  });

  it('then to the manager', async () => {
    minutesPass(minutesUntil(await nextAt(sam, NUMBER)) + 1);
    await atLevel(mara, NUMBER, 3).waitFor();
    await atLevel(sam, NUMBER, 3).waitFor();
    await picture(mara, 'alerts-3-manager');
  });

  it('whoever asks for help from the alert takes it with that, and one tap makes the request', async () => {
    const asking = en.alert.acceptAndAsk('Network');
    await quiet();
    await buttonOn(alertCard(anna, NUMBER), asking).click();
    await goTo(anna, 'Tickets');
    await ticketCard(anna, NUMBER).getByText(en.tell.answered(0, 1)).first().waitFor();
    await expect(ticketCard(anna, NUMBER).innerText()).resolves.toMatch(/Owner:\s*Anna Arndt/u);
    await cardWith(anna, en.envelope.title(NUMBER, 1)).waitFor();
  });

  it('then all their cards are quiet, and say who ended it', async () => {
    await goTo(anna, 'Personal Chat');
    for (const page of [anna, sam, mara])
      await alertCard(page, NUMBER)
        .getByText(/accepted (?:at|on) .*\d\d:\d\d by Anna Arndt/u)
        .first()
        .waitFor();
    await picture(mara, 'alerts-4-quiet');
  });
});

describe('somebody who has blocked the bot', () => {
  const NUMBER = 'INC-1002';

  it('is told in the channel by name, and the supervisor learns of it', async () => {
    await urgent(NUMBER, 'The scanner is dead');
    stage.tenant.mirror.block(idOf('Anna Arndt'));
    minutesPass(31);
    await goTo(sam, 'Tickets');
    await atLevel(sam, NUMBER, 1).waitFor();
    await expect(alertCard(sam, NUMBER).innerText()).resolves.toContain('Anna Arndt');
    await picture(sam, 'alerts-5-fallback');
    await goTo(sam, 'Personal Chat');
    await sam
      .getByText(/Anna Arndt could not be told of/u)
      .first()
      .waitFor();
    await picture(sam, 'alerts-6-supervisor-told');
    await expect(alertCard(anna, NUMBER).count()).resolves.toBe(0);
  });
});
