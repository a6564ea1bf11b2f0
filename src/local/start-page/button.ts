import { html, type Markup } from '../mailbox-page/markup.ts';
import { linkTo, type Reader } from '../mailbox-page/page.ts';

/** Does something by POST, and keeps the reader's language. */
export const button = (reader: Reader, path: string, text: string): Markup =>
  html`<form method="post" action="${linkTo(reader, path)}"><button type="submit">${text}</button></form>`;
