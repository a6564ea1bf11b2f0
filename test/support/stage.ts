import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { errors, type Locator, type Page } from 'playwright-core';
import { readDeskConfig } from '../../src/desk-config.ts';
import { startPages } from '../../src/local/start-page/start-page.ts';
import { type LocalTenant, openTenant } from '../../src/local/tenant.ts';
import { listen, shut } from '../local/graph-tenant.ts';
import { openChromium, type OpenChromium } from './chromium.ts';
import { until } from './until.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** A mail address, with or without a name. */
type Sender = string | { readonly name: string; readonly address: string };

/** The real product as a process of its own, a Playground a person, the customers' mailboxes, all in a real browser. */
export interface Stage {
  readonly tenant: LocalTenant;
  readonly chromium: OpenChromium;
  /** Address of the start page. */
  readonly start: string;
  /** The start page's link, as a visitor follows it. */
  openTeamsAs(name: string): Promise<Page>;
  mails(mail: { readonly from: Sender; readonly subject: string; readonly text: string }): Promise<void>;
  close(): Promise<void>;
}

export const goTo = (page: Page, place: string): Promise<void> => page.getByRole('treeitem', { name: place }).click();
export const shown = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

/** For one press or one field of several tries. */
export const SOON = { timeout: 3_000 };

/**
 * Does it again until the sign of it is there. An edit of the card that arrives meanwhile takes an open form and what
 * was typed along, and a press with it: people look, and do it again.
 */
export const untilShown = async (sign: Locator, act: () => Promise<void>): Promise<void> => {
  for (let tries = 0; tries < 6 && !(await sign.isVisible()); tries += 1) {
    try {
      await act();
      await sign.waitFor(SOON);
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
    }
  }
  await sign.waitFor();
};

/** The newest card with that text. */
export const cardWith = (page: Page, text: string | RegExp): Locator =>
  page.locator('.ac-adaptiveCard').filter({ hasText: text }).last();

export const buttonOn = (within: Page | Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true }).last();

export const say = async (page: Page, text: string): Promise<void> => {
  await goTo(page, 'Personal Chat');
  await page.locator('[data-lexical-editor=true]').fill(text);
  await page.getByRole('button', { name: 'Send Message' }).click();
};

export const picture = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: path.join(ROOT, 'test-output', `${name}.png`) });

export const openStage = async (): Promise<Stage> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'desk-stage-'));
  const tenant = await openTenant({ root: ROOT, folder, ports: { product: 0, mirror: 0, smtp: 0 }, seed: false });
  const mailboxes = readDeskConfig(path.join(ROOT, 'config/desk.json')).directory.mailboxes();
  await until(() => tenant.graph.subscriptions().length === mailboxes.length);
  const pages = startPages(tenant);
  const server: Server = createServer((request, response) => void pages(request, response));
  const start = await listen(server);
  const chromium = await openChromium();
  return {
    tenant,
    chromium,
    start,
    openTeamsAs: async (name) => {
      const page = await chromium.page(start);
      await page.getByRole('link', { name: `Open Teams as ${name}` }).click();
      await page.getByRole('treeitem', { name: 'Tickets' }).waitFor();
      // It repeats what is said, and would make every look at the conversation prove nothing.
      await page.getByRole('button', { name: 'Hide log panel' }).click();
      return page;
    },
    mails: async ({ from, subject, text }) => {
      const smtp = createTransport({ host: '127.0.0.1', port: tenant.graph.smtpPort, ignoreTLS: true });
      await smtp.sendMail({
        from: typeof from === 'string' ? from : { ...from },
        to: 'support@desk.example',
        subject,
        text,
      });
      smtp.close();
    },
    close: async () => {
      await chromium.close();
      await shut(server);
      await tenant.stop();
      await rm(folder, { recursive: true, maxRetries: 5 });
    },
  };
};
