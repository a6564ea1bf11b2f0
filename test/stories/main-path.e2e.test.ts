import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import type { Page } from 'playwright-core';
import {
  buttonOn as button,
  goTo,
  openStage,
  picture as pictureOf,
  ROOT,
  say,
  shown,
  type Stage,
} from '../support/stage.ts';
import { until } from '../support/until.ts';

/**
 * The story of the README as people see it: the real product as a process of its own, one Playground for Anna and one for
 * Ben, and the customer's mailbox, all in a real browser. Each step stands on the one before.
 */
const CARLA = { name: 'Carla Costa', address: 'carla@customer.example' };
/** How long a tap on Accept can be undone; the clock is the real one here. */
const HALF_A_MINUTE = 30_000;
const SUBJECT = 'The printer on floor 3 is on strike';

let stage: Stage;
let annas: Page;
let bens: Page;
let carlas: Page;

const picture = (page: Page, name: string): Promise<Buffer> => pictureOf(page, `main-path-${name}`);

/** Opens a form of the card once nothing more is on its way: a card that changes takes an open form along. */
const openForm = async (page: Page, name: string): Promise<void> => {
  await stage.tenant.mirror.settled();
  await button(page, name).click();
};

/** The README's picture; only on demand, so that a test run leaves the tree as it was. */
const pictureForReadme = async (page: Page): Promise<void> => {
  if (process.env.UPDATE_SCREENSHOT !== 'true') return;
  await page.setViewportSize({ width: 1280, height: 800 });
  await button(page, 'Cancel ticket').scrollIntoViewIfNeeded();
  await page.mouse.move(5, 700);
  await page.screenshot({ path: path.join(ROOT, 'docs/screenshot.png') });
  await page.setViewportSize({ width: 1280, height: 900 });
};

const mailOf = (address: string) => stage.tenant.graph.mailbox(address)?.messages('inbox') ?? [];

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage.close());

describe('a customer, one owner and a colleague', () => {
  it('the start page leads to Teams, to the mailboxes and to the faults', async () => {
    const page = await stage.chromium.page(stage.start);
    await page.getByRole('heading', { name: 'Your ticket desk' }).waitFor();
    await picture(page, '0-start-page');
    await page.close();
    annas = await stage.openTeamsAs('Anna Arndt');
    bens = await stage.openTeamsAs('Ben Berger');
  });

  it('a mail appears as a card before everybody in the channel', async () => {
    await Promise.all([goTo(annas, 'Tickets'), goTo(bens, 'Tickets')]);
    await stage.mails({
      from: CARLA,
      subject: SUBJECT,
      text: 'Hello,\n\nit says "tray 2 empty", but it is full. I have to print the badges for tomorrow.\n\nCarla',
    });
    await Promise.all([shown(annas, SUBJECT), shown(bens, SUBJECT)]);
    await shown(annas, /INC-1001 · New/);
    await shown(annas, 'it says "tray 2 empty", but it is full.');
    await picture(annas, '1-new-card');
  });

  it('Ben opens the same ticket in his own chat, in his own language', async () => {
    await say(bens, 'ticket INC-1001');
    await shown(bens, /INC-1001 · Neu/);
    await picture(bens, '2-ticket-in-chat');
  });

  it('Anna accepts, and the card in the channel names her before everybody: for a moment she can undo it', async () => {
    await button(annas, 'Accept').click();
    await shown(annas, /Anna Arndt is taking it/);
    await button(annas, 'Undo').waitFor();
    await picture(annas, '3-accepted');
  });

  it('Ben, who still looks at a card to accept, is told who won', async () => {
    await button(bens, 'Annehmen').click();
    await shown(bens, 'Anna Arndt nimmt dieses Ticket gerade an.');
    await picture(bens, '4-ben-is-told');
    await goTo(bens, 'Tickets');
    await shown(bens, /Anna Arndt is taking it/);
    expect(await button(bens, 'Accept').count()).toBe(0);
    await picture(bens, '5-ben-sees-who-takes-it');
  });

  it('half a minute later it is Anna’s, before everybody and without another tap', async () => {
    const owned = (page: Page): Promise<void> =>
      page
        .getByText(/Owner:\s*Anna Arndt/)
        .first()
        .waitFor({ timeout: 2 * HALF_A_MINUTE });
    await Promise.all([owned(annas), owned(bens)]);
    await shown(annas, /INC-1001 · In progress/);
  });

  it('Anna answers on the card, and the customer reads it in the thread of the first answer', async () => {
    await openForm(annas, 'Reply to customer');
    await annas.getByLabel(/^To Carla Costa/).fill('Please push the tray in until it clicks. Does it print now?');
    await picture(annas, '6-replying');
    await button(annas, 'Send').click();
    await shown(annas, 'Anna Arndt answered the customer');
    await until(() => mailOf(CARLA.address).length === 2);
    carlas = await stage.chromium.page(`${stage.start}/mail`);
    await carlas.getByRole('link', { name: CARLA.name }).click();
    await picture(carlas, '7-mailbox');
    expect(await carlas.getByRole('link', { name: 'INC-1001' }).count()).toBe(1);
    await carlas.getByRole('link', { name: 'INC-1001' }).click();
    await shown(carlas, 'It has arrived as INC-1001');
    await shown(carlas, 'Please push the tray in until it clicks.');
    await picture(carlas, '8-answer-in-the-thread');
  });

  it('the customer answers with a file: the card changes for everybody, and Anna is told in her chat', async () => {
    await carlas.getByLabel('Message').fill('It clicked, but still no paper. See the photo.');
    const file = { name: 'tray.png', mimeType: 'image/png', buffer: Buffer.from('not really a picture') };
    await carlas.getByLabel('Files').setInputFiles(file);
    await carlas.getByRole('button', { name: 'Send' }).click();
    await carlas.getByText('It clicked, but still no paper.').waitFor();
    await Promise.all([
      shown(annas, 'It clicked, but still no paper.'),
      shown(bens, 'It clicked, but still no paper.'),
    ]);
    await shown(annas, /tray\.png/);
    await picture(annas, '9-customer-wrote');
    await pictureForReadme(annas);
    await goTo(annas, 'Personal Chat');
    await shown(annas, /Carla Costa wrote/);
    await picture(annas, '10-notice');
    await goTo(annas, 'Tickets');
  });

  it('Anna sends and resolves: the card says so, and the customer reads the solution', async () => {
    await openForm(annas, 'Reply to customer');
    await annas.getByLabel(/^To Carla Costa/).fill('A new tray is in. It prints again.');
    await button(annas, 'Send and resolve').click();
    await shown(annas, /INC-1001 · Resolved/);
    await shown(bens, /INC-1001 · Resolved/);
    await picture(annas, '11-resolved');
    await until(() => mailOf(CARLA.address).length === 3);
    await carlas.reload();
    await shown(carlas, 'A new tray is in. It prints again.');
    await shown(carlas, 'We regard this as solved. If it is not, just answer this mail.');
    await picture(carlas, '12-solution');
    expect(stage.tenant.graph.sentMail()).toHaveLength(3);
  });
});
