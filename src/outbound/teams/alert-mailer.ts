import { type AlertLine, lineId } from '../../application/ports/alert-ledger.ts';
import type { AlertStory } from '../../application/ports/stories.ts';
import type { Person, Team } from '../../domain/roster.ts';
import { alertMail, alertsMail } from '../../views/alert-mail.ts';
import { failedFor, mailed, marked, tellAbove } from './alert-told.ts';
import type { SendingParts } from './sending-parts.ts';

/** Nobody to write to, or no mailbox to write from. */
const NO_MAIL = 'There is no mail to them: the person or the team is not in the configuration';

interface Letter {
  readonly id: string;
  readonly person: Person;
  readonly team: Team;
  readonly text: { readonly subject: string; readonly lines: readonly string[] };
}

const post = ({ deliveries, clock }: SendingParts, { id, person, team, text }: Letter): Promise<void> =>
  deliveries.enqueue(
    {
      channel: 'internal-mail',
      mail: {
        id,
        from: team.mailbox,
        to: { name: person.name, address: person.mail },
        language: person.language,
        ...text,
      },
    },
    clock.now(),
  );

/** The last channel: a mail each, under a name that makes it one however often it is asked for. */
export const mailAlert = async (parts: SendingParts, story: AlertStory, lines: readonly AlertLine[]): Promise<void> => {
  for (const line of lines) {
    const { person, team } = readersOf(parts, line);
    if (!person || !team) {
      await nobodyToMail(parts, [line]);
      continue;
    }
    const text = alertMail({
      ticket: story.ticket,
      told: line,
      teamName: team.name,
      ...(story.facts ? { facts: story.facts } : {}),
      reading: { language: person.language, zone: parts.zone },
    });
    await post(parts, { id: `alert~${line.ticketId}~${lineId(line)}`, person, team, text });
    await marked(parts, [line], mailed({ kind: 'mail', person: person.id }));
  }
};

/** Those of one person, newest first, on one mail: in a channel of the team they would bury everything else. */
export const mailAlerts = async (parts: SendingParts, lines: readonly AlertLine[]): Promise<void> => {
  const [newest, ...others] = lines;
  if (!newest) return;
  const { person, team } = readersOf(parts, newest);
  if (!person || !team) return nobodyToMail(parts, lines);
  const text = alertsMail([newest, ...others], { language: person.language, zone: parts.zone });
  await post(parts, { id: `alerts~${newest.ticketId}~${lineId(newest)}`, person, team, text });
};

const readersOf = ({ directory }: SendingParts, { recipient, teamId }: AlertLine) => ({
  person: directory.person(recipient.id),
  team: directory.team(teamId),
});

const nobodyToMail = async (parts: SendingParts, lines: readonly AlertLine[]): Promise<void> => {
  await tellAbove(parts, lines);
  await marked(parts, lines, failedFor(NO_MAIL));
};
