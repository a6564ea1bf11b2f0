import type { TimelineEntry } from '../domain/timeline-entry.ts';
import { oneLine, type TeamId } from '../domain/values.ts';
import { WHOLE, type CardDetail } from './card-detail.ts';
import { type Element, runs } from './elements.ts';
import { fileLine, linesOf, when } from './text.ts';
import type { Reader } from './ticket-acts.ts';
import { wordsIn } from './words/language.ts';

/** What it takes to tell an entry of the timeline. */
export interface Telling {
  readonly reader: Reader;
  /** A team's name; its id where nobody knows it. */
  readonly teamNameOf?: ((id: TeamId) => string) | undefined;
  readonly detail?: CardDetail;
}

/** The name as it is shown: "Ben for Anna" for whoever acted in another's place; empty for the desk itself. */
const authorOf = (entry: TimelineEntry, { reader, detail = WHOLE }: Telling): string => {
  const words = wordsIn(reader.language);
  const name = oneLine(entry.author, detail.names) || (entry.direction === 'in' ? words.noSender : '');
  return entry.actingFor === undefined ? name : words.tell.actingFor(name, oneLine(entry.actingFor, detail.names));
};

const aboutOf = ({ about, teamId }: TimelineEntry, { teamNameOf, detail = WHOLE }: Telling): string => {
  const person = oneLine(about ?? '', detail.names * 2);
  const team = teamId === undefined ? '' : oneLine(teamNameOf?.(teamId) ?? teamId, detail.names);
  return person && team ? `${person} (${team})` : person || team;
};

/** "Ben for Anna answered the customer · Mon, 5 Jan, 10:42" */
const entryHead = (entry: TimelineEntry, telling: Telling): string => {
  const words = wordsIn(telling.reader.language);
  const said = words.event[entry.event](authorOf(entry, telling), aboutOf(entry, telling));
  return [said, when(entry.at, telling.reader), ...(entry.unverified ? [words.unverified] : [])].join(' · ');
};

/** Files beyond the first few are counted, not hidden. */
const filesOf = ({ attachments }: TimelineEntry, { reader, detail = WHOLE }: Telling): string[] => {
  const { facts, tell } = wordsIn(reader.language);
  const lines = attachments.slice(0, detail.files).map((file) => fileLine(file, reader.language));
  const more = attachments.length > detail.files ? [tell.more(attachments.length - detail.files)] : [];
  return [...lines, ...more].map((line) => `${facts.files}: ${line}`);
};

interface EntryData {
  readonly who: string;
  readonly style: 'emphasis' | 'default';
  readonly lines: readonly string[];
  readonly files: readonly string[];
}

/** An entry as the templates show it; `text` stands where it is not the entry's own. */
export const entryData = (entry: TimelineEntry, telling: Telling, text = entry.text ?? ''): EntryData => ({
  who: entryHead(entry, telling),
  style: entry.visibility === 'internal' && entry.kind === 'note' ? 'emphasis' : 'default',
  lines: linesOf(text, telling.detail ?? WHOLE),
  files: filesOf(entry, telling),
});

/** The same as an element of its own. */
export const entryRow = (entry: TimelineEntry, telling: Telling): Element => {
  const { who, style, lines, files } = entryData(entry, telling);
  return {
    type: 'Container',
    style,
    items: [
      runs({ text: who, isSubtle: true, size: 'Small' }),
      ...lines.map((text) => runs({ text })),
      ...files.map((text) => runs({ text, size: 'Small' })),
    ],
  };
};
