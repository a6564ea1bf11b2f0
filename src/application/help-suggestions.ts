import { type Roster, suggestTeam } from '../domain/roster.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { TimelineEntry } from '../domain/timeline-entry.ts';
import { clip } from '../domain/values.ts';
import type { HelpSuggestions } from './ports/stories.ts';

const MOST = 2;
const LONGEST_QUESTION = 1_000;

/** The last thing a colleague noted; without a note the subject says what it is about. */
const questionOf = (ticket: Ticket, entries: readonly TimelineEntry[]): string => {
  const note = entries.find(({ event }) => event === 'NoteAdded')?.text;
  return clip((note ?? ticket.subject).trim() || ticket.number, LONGEST_QUESTION);
};

/** The team whose topics occur most in what was written comes first; teams of experts follow, the ticket's own never. */
export const helpSuggestions = (roster: Roster, ticket: Ticket, entries: readonly TimelineEntry[]): HelpSuggestions => {
  const text = [ticket.subject, ...entries.map((entry) => entry.text ?? '')].join('\n');
  const likely = suggestTeam(roster, { text, notTeam: ticket.teamId });
  const others = roster
    .teams()
    .filter(({ id }) => id !== ticket.teamId && id !== likely?.id)
    .filter(({ id }) => roster.people().some(({ teams, roles }) => teams.includes(id) && roles.includes('expert')));
  return { teams: [...(likely ? [likely] : []), ...others].slice(0, MOST), question: questionOf(ticket, entries) };
};
