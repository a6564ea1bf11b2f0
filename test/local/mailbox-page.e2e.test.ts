import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { mailboxPages } from '../../src/local/mailbox-page/mailbox-pages.ts';
import { openChromium, type OpenChromium } from '../support/chromium.ts';
import { CARLA, listen, openGraphTenant, shut, SUPPORT, type GraphTenant } from './graph-tenant.ts';

let tenant: GraphTenant;
let server: Server;
let origin: string;
let chromium: OpenChromium;
beforeAll(async () => {
  tenant = await openGraphTenant();
  const pages = mailboxPages(tenant.standIn);
  server = createServer((request, response) => void pages(request, response));
  origin = await listen(server);
  chromium = await openChromium();
});
afterAll(async () => {
  await chromium.close();
  await shut(server);
  await tenant.close();
});

it('a person reads the desk’s mail as the customer and answers it with a file, under the page’s own policy', async () => {
  await tenant.mail({ from: SUPPORT, to: CARLA, subject: 'Scanner', html: '<p style="color:red">Hello</p>' });
  const page = await chromium.page(`${origin}/mail`);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.getByRole('link', { name: 'Carla Customer' }).click();
  await page.getByRole('link', { name: 'Scanner' }).click();
  await page.getByLabel('Message').fill('It works again.');
  await page
    .getByLabel('Files')
    .setInputFiles({ name: 'proof.txt', mimeType: 'text/plain', buffer: Buffer.from('yes') });
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('It works again.').waitFor();

  expect(tenant.standIn.mailbox(SUPPORT)?.messages('inbox')).toMatchObject([
    { subject: 'Re: Scanner', attachments: [{ name: 'proof.txt', content: Buffer.from('yes') }] },
  ]);
  expect(await page.evaluate('getComputedStyle(document.querySelector("article")).borderTopStyle')).toBe('solid');
  expect(complaints).toEqual([]);
});
