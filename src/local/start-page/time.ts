import { html, type Markup } from '../mailbox-page/markup.ts';
import type { Reader } from '../mailbox-page/page.ts';
import type { LocalTenant } from '../tenant.ts';
import { button } from './button.ts';
import { startWords, STEPS } from './words.ts';

const LOCALE = { en: 'en-GB', de: 'de-DE' } as const;

/** What the desk's clock shows as the page is read, and buttons that move it. */
export const timeSection = ({ clock, zone }: Pick<LocalTenant, 'clock' | 'zone'>, reader: Reader): Markup => {
  const { language } = reader;
  const words = startWords(language);
  const format = new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'full', timeStyle: 'short', timeZone: zone });
  return html`<section aria-labelledby="time">
    <h2 id="time">${words.time}</h2>
    <p>${words.timeShown(format.format(clock.now()), zone)} ${!clock.isMoved() && words.realTime}</p>
    <p class="quiet">${words.timeHint}</p>
    ${STEPS.map((step) => button(reader, `/clock/${step}`, words.ahead[step]))}
    ${clock.isMoved() && button(reader, '/clock/real', words.back)}
  </section>`;
};
