import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

/** A headless browser with a fresh profile that asks nobody outside for anything. */
export type OpenChromium = {
  readonly browser: Browser;
  /** Opens that address in a context of its own: no cookies shared with other pages. */
  page(url: string): Promise<Page>;
  close(): Promise<void>;
};

const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Debian's Chromium, or the one CHROMIUM names. */
export async function openChromium(): Promise<OpenChromium> {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });
  return {
    browser,
    page: async (url) => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await page.goto(url, { waitUntil: 'domcontentloaded' });
      return page;
    },
    close: () => browser.close(),
  };
}
