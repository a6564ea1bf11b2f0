import { html, type Markup } from './markup.ts';
import { linkTo, type Reader } from './page.ts';

/** What a person typed, so that a refused form comes back as it was (files cannot). */
export interface Typed {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Problem {
  readonly field: 'to' | 'text' | undefined;
  readonly message: string;
}

export interface MailFormOptions {
  readonly action: string;
  readonly kind: 'new' | 'reply';
  readonly typed: Typed;
  readonly problem?: Problem | undefined;
}

const described = (field: 'to' | 'text', problem: Problem | undefined, hint?: string): Markup => {
  const wrong = problem?.field === field;
  const ids = [wrong && 'problem', hint].filter((id) => id !== false && id !== undefined).join(' ');
  return html`${ids !== '' && html` aria-describedby="${ids}"`}${wrong && html` aria-invalid="true"`}`;
};

/** The form to write or answer a mail. A text area swallows one line break at its start, so one is given to it. */
export const mailForm = (reader: Reader, { action, kind, typed, problem }: MailFormOptions): Markup => {
  const { words } = reader;
  return html`<form
    method="post"
    action="${linkTo(reader, action)}"
    enctype="multipart/form-data"
    aria-labelledby="form-title"
  >
    <h2 id="form-title">${kind === 'new' ? words.write : words.reply}</h2>
    ${problem && html`<p class="bad" role="alert" id="problem"><strong>${words.problem}</strong> ${problem.message}</p>`}
    ${
      kind === 'new' &&
      html`<label for="to">${words.to}</label>
        <input
          id="to"
          name="to"
          type="text"
          inputmode="email"
          autocomplete="off"
          required
          value="${typed.to}"
          ${described('to', problem, 'to-hint')}
        />
        <p class="quiet" id="to-hint">${words.toHint}</p>
        <label for="subject">${words.subject}</label
        ><input id="subject" name="subject" type="text" value="${typed.subject}" />`
    }
    <label for="text">${words.text}</label>
    <textarea id="text" name="text" ${described('text', problem)}>${`\n${typed.text}`}</textarea>
    <label for="files">${words.files}</label>
    <input id="files" name="files" type="file" multiple aria-describedby="files-hint" />
    <p class="quiet" id="files-hint">${words.filesHint}</p>
    <button type="submit">${words.send}</button>
  </form>`;
};
