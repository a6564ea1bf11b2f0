import { createHash } from 'node:crypto';
import { html, Markup } from './markup.ts';
import { LANGUAGE_NAMES, type Language, type Word } from './words.ts';

/** What every page needs to know about the request. `asked` is the language the address names, if it does. */
export interface Reader {
  readonly language: Language;
  readonly asked: Language | undefined;
  readonly words: Readonly<Record<Word, string>>;
  readonly path: string;
}

export interface Crumb {
  readonly text: string;
  readonly path: string;
}

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1f1f1f, #f0f0f0); --paper: light-dark(#fff, #1c1c1c);
  --quiet: light-dark(#555, #b8b8b8); --line: light-dark(#c8c8c8, #555); --link: light-dark(#0b4f9e, #9cc7ff);
  --card: light-dark(#f6f6f6, #262626); --bad: light-dark(#9b1c1c, #ffb3b3); }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--link); } :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; } .skip:focus { position: static; }
nav ol, nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; margin: 0; list-style: none; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 2rem; border-bottom: 1px solid var(--line); padding-bottom: .5rem; }
.wide { overflow-x: auto; } table.list { width: 100%; border-collapse: collapse; }
table.list th, table.list td { text-align: left; padding: .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
article, form { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 1rem 0; overflow-wrap: anywhere; }
article h2 { margin: 0; font-size: 1.1rem; } article h3 { margin: .75rem 0 0; font-size: 1rem; } form h2 { margin: 0; font-size: 1.1rem; } .quiet { color: var(--quiet); margin: .25rem 0; } .plain { white-space: pre-wrap; }
.rich { overflow-x: auto; } .rich img { max-width: 100%; } .rich blockquote { border-left: 3px solid var(--line); margin-left: 0; padding-left: 1rem; }
label { display: block; font-weight: 600; margin-top: .75rem; }
input, textarea { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: .25rem; }
textarea { min-height: 10rem; } button { font: inherit; font-weight: 600; margin-top: 1rem; padding: .5rem 1.25rem; border-radius: .25rem; border: 1px solid var(--link); color: var(--paper); background: var(--link); cursor: pointer; }
.bad { color: var(--bad); border-left: 4px solid currentColor; padding-left: .75rem; } .good { border-left: 4px solid var(--link); padding-left: .75rem; }
`;

/** Whole, since the hash below covers every blank between the tags. */
const STYLE_ELEMENT = new Markup(`<style>${STYLE}</style>`);

/** No script at all; the one style sheet is named by its hash, so a mail cannot bring its own. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** A link that keeps the language when the address named one. */
export const linkTo = (reader: Reader, path: string, query: Readonly<Record<string, string>> = {}): string => {
  const search = new URLSearchParams(reader.asked ? { ...query, lang: reader.asked } : query).toString();
  return search === '' ? path : `${path}?${search}`;
};

const languageLinks = (reader: Reader): Markup =>
  html`<nav aria-label="${reader.words.languages}">
    <ul>
      ${(Object.entries(LANGUAGE_NAMES) as [Language, string][]).map(
        ([tag, name]) =>
          html`<li>
            <a
              href="${reader.path}?lang=${tag}"
              lang="${tag}"
              hreflang="${tag}"
              ${tag === reader.language && html` aria-current="true"`}
              >${name}</a
            >
          </li>`,
      )}
    </ul>
  </nav>`;

/** A whole page. @param crumbs the way here from the start page, this page left out */
export const page = (reader: Reader, content: { title: string; crumbs: readonly Crumb[]; main: Markup }): string => {
  const { language, words } = reader;
  const { title, crumbs, main } = content;
  const place = crumbs.length > 0 && title !== words.title && ` · ${words.title}`;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}${place}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        <header>
          <nav aria-label="${words.trail}">
            <ol>
              ${crumbs.map((crumb) => html`<li><a href="${linkTo(reader, crumb.path)}">${crumb.text}</a></li>`)}
              <li aria-current="page">${title}</li>
            </ol>
          </nav>
          ${languageLinks(reader)}
        </header>
        <main id="main" tabindex="-1">
          <h1>${title}</h1>
          ${main}
        </main>
      </body>
    </html>`.text;
};
