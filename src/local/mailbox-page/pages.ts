import type { MailAddress, MailItem } from '../graph/mail-item.ts';
import type { MailboxView } from '../graph/open-graph-stand-in.ts';
import { bodyMarkup } from './mail-body.ts';
import { mailForm, type Problem, type Typed } from './mail-form.ts';
import { html, type Markup } from './markup.ts';
import { linkTo, page, type Crumb, type Reader } from './page.ts';
import { threadsOf, type Thread } from './threads.ts';

const NOTHING_TYPED: Typed = { to: '', subject: '', text: '' };

export const mailboxPath = (address: string): string => `/mail/${encodeURIComponent(address)}`;
export const threadPath = (address: string, id: string): string => `${mailboxPath(address)}/${encodeURIComponent(id)}`;

const attachmentPath = (thread: { address: string; id: string }, item: MailItem, attachmentId: string): string =>
  `${threadPath(thread.address, thread.id)}/attachments/${item.immutableId}/${attachmentId}`;

const person = (address: MailAddress | null, reader: Reader): string => {
  if (!address) return reader.words.unknownSender;
  return address.name === address.address ? address.address : `${address.name} <${address.address}>`;
};

const time = (instant: string, reader: Reader): Markup => {
  const shown = new Intl.DateTimeFormat(reader.language, { dateStyle: 'medium', timeStyle: 'short' });
  return html`<time datetime="${instant}">${shown.format(new Date(instant))}</time>`;
};

const home = ({ words }: Reader): Crumb => ({ text: words.home, path: '/' });

const root = ({ words }: Reader): Crumb => ({ text: words.title, path: '/mail' });

const subjectOf = (thread: Thread, reader: Reader): string => thread.messages[0].subject || reader.words.noSubject;

export const mailboxListPage = (reader: Reader, mailboxes: readonly MailboxView[]): string => {
  const { words } = reader;
  const rows = mailboxes.map(
    (mailbox) =>
      html`<tr>
        <th scope="row"><a href="${linkTo(reader, mailboxPath(mailbox.address))}">${mailbox.name}</a></th>
        <td>${mailbox.address}</td>
        <td>${threadsOf(mailbox).length}</td>
      </tr>`,
  );
  const table = html`<div class="wide">
    <table class="list">
      <thead>
        <tr>
          <th scope="col">${words.mailbox}</th>
          <th scope="col">${words.address}</th>
          <th scope="col">${words.threads}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
  const main = html`<p>${words.intro}</p>
    ${rows.length > 0 ? table : html`<p>${words.noMailboxes}</p>`}`;
  return page(reader, { title: words.title, crumbs: [home(reader)], main });
};

export const mailboxPage = (reader: Reader, mailbox: MailboxView, sent: boolean): string => {
  const { words } = reader;
  const { address } = mailbox;
  const rows = threadsOf(mailbox).map(
    (thread) =>
      html`<tr>
        <th scope="row">
          <a href="${linkTo(reader, threadPath(address, thread.id))}">${subjectOf(thread, reader)}</a>
        </th>
        <td>${person(thread.last.from, reader)}</td>
        <td>${time(thread.last.receivedAt, reader)}</td>
        <td>${thread.messages.length}</td>
      </tr>`,
  );
  const table = html`<div class="wide">
    <table class="list">
      <thead>
        <tr>
          <th scope="col">${words.subject}</th>
          <th scope="col">${words.from}</th>
          <th scope="col">${words.date}</th>
          <th scope="col">${words.messages}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
  const main = html`${sent && html`<p class="good" role="status">${words.sent}</p>`}
    <p>${address} · <a href="${linkTo(reader, `${mailboxPath(address)}/new`)}">${words.write}</a></p>
    ${rows.length > 0 ? table : html`<p>${words.noThreads}</p>`}`;
  return page(reader, { title: mailbox.name, crumbs: [home(reader), root(reader)], main });
};

const message = (item: MailItem, thread: { address: string; id: string }, reader: Reader): Markup => {
  const { words } = reader;
  const picture = (contentId: string) => {
    const found = item.attachments.find((one) => one.contentId === contentId);
    return found && attachmentPath(thread, item, found.id);
  };
  const files = item.attachments.map(
    (one) => html`<li><a href="${attachmentPath(thread, item, one.id)}" download>${one.name}</a></li>`,
  );
  return html`<article aria-labelledby="m${item.folderSeq}">
    <h2 id="m${item.folderSeq}">${person(item.from, reader)}</h2>
    <p class="quiet">
      ${words.to}: ${[...item.to, ...item.cc].map((one) => person(one, reader)).join(', ')} ·
      ${time(item.receivedAt, reader)} ·
      <a href="${threadPath(thread.address, thread.id)}/raw/${item.immutableId}" download>${words.raw}</a>
    </p>
    ${bodyMarkup(item, words, picture)}
    ${
      files.length > 0 &&
      html`<h3>${words.attachments}</h3>
        <ul>
          ${files}
        </ul>`
    }
  </article>`;
};

export interface Refused {
  readonly typed: Typed;
  readonly problem: Problem;
}

export const threadPage = (
  reader: Reader,
  { mailbox, thread }: { mailbox: MailboxView; thread: Thread },
  refused?: Refused,
): string => {
  const { address, name } = mailbox;
  const action = threadPath(address, thread.id);
  const { typed, problem } = refused ?? { typed: NOTHING_TYPED, problem: undefined };
  const main = html`${thread.messages.map((item) => message(item, { address, id: thread.id }, reader))}
  ${mailForm(reader, { action, kind: 'reply', typed, problem })}`;
  const crumbs = [home(reader), root(reader), { text: name, path: mailboxPath(address) }];
  return page(reader, { title: subjectOf(thread, reader), crumbs, main });
};

export const newMailPage = (reader: Reader, mailbox: MailboxView, refused?: Refused): string => {
  const { address, name } = mailbox;
  const { typed, problem } = refused ?? { typed: NOTHING_TYPED, problem: undefined };
  const main = mailForm(reader, { action: `${mailboxPath(address)}/new`, kind: 'new', typed, problem });
  const crumbs = [home(reader), root(reader), { text: name, path: mailboxPath(address) }];
  return page(reader, { title: reader.words.write, crumbs, main });
};

export const messagePage = (reader: Reader, text: string): string => {
  const main = html`<p><a href="${linkTo(reader, '/mail')}">${reader.words.back}</a></p>`;
  return page(reader, { title: text, crumbs: [home(reader), root(reader)], main });
};
