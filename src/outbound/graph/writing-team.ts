import { DeliveryError } from '../../application/errors.ts';
import type { Directory } from '../../application/ports/directory.ts';
import type { Team } from '../../domain/roster.ts';
import type { MailAddress } from '../../domain/values.ts';

/** The team that writes from a mailbox. Errors: DeliveryError `dead` where none does. */
export const writingTeam = (directory: Directory, mailbox: MailAddress): Team => {
  const watched = directory.mailboxes().find((each) => each.address === mailbox);
  const team =
    directory.teams().find((each) => each.mailbox === mailbox) ?? (watched && directory.team(watched.teamId));
  if (team === undefined)
    throw new DeliveryError('dead', `No team writes from ${mailbox}: add it to the configuration.`);
  return team;
};
