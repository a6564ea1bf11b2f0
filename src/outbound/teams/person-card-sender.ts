import { DeliveryError } from '../../application/errors.ts';
import type { DeliveryJob, PersonCard } from '../../application/ports/deliveries.ts';
import type { Person } from '../../domain/roster.ts';
import type { PersonId } from '../../domain/values.ts';
import { cardMail } from '../../views/card-mail.ts';
import type { AdaptiveCard } from '../../views/expand.ts';
import { showRollUp } from './alert-roll-up.ts';
import { personCard } from './person-cards.ts';
import { chatWith, keepUp, postIn } from './posted-card.ts';
import type { SendingParts } from './sending-parts.ts';

type PersonCardJob = Extract<DeliveryJob, { kind: 'person-card' }>;

/** What somebody must learn even where Teams does not let the bot reach them. */
const BY_MAIL_AT_LAST: readonly PersonCard[] = ['digest', 'ping-failed', 'alarm'];

/** Errors: DeliveryError `dead` for somebody who is not of the desk any more. */
export const personOf = ({ directory }: SendingParts, id: PersonId): Person => {
  const person = directory.person(id);
  if (!person) throw new DeliveryError('dead', 'The person is not in the configuration');
  return person;
};

/** A card for one person that stands for no ticket; a later version takes its place. Errors: DeliveryError. */
export const sendPersonCard = async (parts: SendingParts, job: PersonCardJob): Promise<void> => {
  const person = personOf(parts, job.to);
  const card = await personCard(parts, job, person);
  if (!card) return;
  const show = async (which: 'new' | 'known' = 'new'): Promise<void> => {
    const slot = { subject: `${job.card}:${job.subject}`, slot: 'person', rev: job.rev, card };
    if (which === 'known') return keepUp(parts, slot);
    const ref = await chatWith(parts, person);
    return keepUp(parts, slot, () => postIn(parts, ref, { card }));
  };
  if (job.card === 'alerts') return showRollUp(parts, job.subject, show);
  try {
    await show();
  } catch (fault) {
    const isLost = fault instanceof DeliveryError && fault.outcome === 'dead' && BY_MAIL_AT_LAST.includes(job.card);
    if (!isLost || !(await mailed(parts, job, { person, card }))) throw fault;
  }
};

/** False where no mailbox of the desk could send it. The same card is the same mail. */
const mailed = async (
  { deliveries, directory, clock }: SendingParts,
  { card: kind, subject }: PersonCardJob,
  { person, card }: { readonly person: Person; readonly card: AdaptiveCard },
): Promise<boolean> => {
  const own = person.teams.flatMap((id) => directory.team(id) ?? []);
  const [team] = [...own, ...directory.teams()];
  if (!team) return false;
  const mail = {
    id: `${kind}~${subject.replace(/[^\w~:.-]/gu, '~')}`,
    from: team.mailbox,
    to: { name: person.name, address: person.mail },
    language: person.language,
    ...cardMail(card),
  };
  await deliveries.enqueue({ channel: 'internal-mail', mail }, clock.now());
  return true;
};
