import type { TicketEvent } from '../../domain/events.ts';
import type { TicketType } from '../../domain/values.ts';

export const typesEn: Readonly<Record<TicketType, string>> = {
  incident: 'Incident',
  service_request: 'Service request',
  problem: 'Problem',
  change: 'Change',
};

/** A type comes as its value. */
const typeOf = (about: string): string => typesEn[about as TicketType] ?? about;

/** "1, Ana Alves, Ben Berg": the level, and who was told. */
const raisedOf = (about: string): string => {
  const [level = '', ...names] = about.split(', ');
  const whom = names.join(', ');
  return level ? `Alert level ${level}${whom && `: told ${whom}`}` : 'An alert was raised';
};

/** `who` is empty where the desk itself acted, `about` where nobody and nothing was named. */
export const eventsEn: Readonly<Record<TicketEvent['type'], (who: string, about: string) => string>> = {
  TicketOpened: (who) => `${who} wrote`,
  TicketAccepted: (who) => `${who} accepted`,
  NoteAdded: (who) => `${who} noted (internal)`,
  CustomerAnswered: (who) => `${who} answered the customer`,
  CustomerWroteIn: (who) => `${who} wrote`,
  TicketPaused: () => 'Waiting for the customer',
  TicketPended: (who) => `${who} is waiting for others`,
  TicketResumed: (who) => (who ? `${who} resumed` : 'Resumed'),
  TicketResolved: (who) => `${who} resolved`,
  TicketReopened: (who) => (who ? `${who} reopened` : 'Reopened'),
  TicketClosed: () => 'Closed',
  TicketCancelled: (who) => `${who} cancelled`,
  CancelUndone: (who) => `${who} undid the cancelling`,

  TicketReserved: (who) => `${who} is taking it`,
  ReservationUndone: (who) => `${who} did not take it after all`,
  OwnerChangeRefused: (_who, about) => `The owner stays: ${about || 'another owner'} was wanted instead`,
  TicketOffered: (who, about) => `${who} offered it to ${about || 'somebody'}`,
  OfferDeclined: (who) => `${who} declined the offer`,
  OfferExpired: () => 'The offer has expired',
  TicketRouted: (who, about) => `${who} sent it to ${about || 'another team'}`,
  TransferProposed: (who, about) => `${who} proposed ${about || 'somebody else'} as the new owner`,
  TransferRejected: (who) => `${who} rejected the new owner`,
  OwnershipTransferred: (who, about) => `${about || 'Somebody else'} is the new owner, confirmed by ${who}`,

  EnvelopeRequested: (who, about) => (about ? `${who} asked ${about} for help` : `${who} asked for help`),
  EnvelopeEdited: (who) => `${who} changed the request for help`,
  EnvelopeAccepted: (who) => `${who} is helping`,
  EnvelopeDeclined: (who, about) => (about ? `${who} cannot help; ${about} is asked now` : `${who} cannot help`),
  EnvelopeReleased: (who) => `${who} gave the request for help back to the team`,
  OwnerQueried: (who) => `${who} asked the owner`,
  QueryAnswered: (who) => `${who} answered the helper’s question`,
  EnvelopeCompleted: (who, about) =>
    about ? `${who} answered the request for help: it belongs to ${about}` : `${who} answered the request for help`,
  EnvelopeConfirmed: (who, about) =>
    who ? `${who} confirmed the help${about && ` of ${about}`}` : `The help${about && ` of ${about}`} counts now`,
  EnvelopeSentBack: (who) => `${who} sent the answer back to the helper`,
  EnvelopeWithdrawn: (who) => `${who} withdrew the request for help`,
  TaskAdded: (who, about) => (about ? `${who} added a task for ${about}` : `${who} added a task`),
  TaskAssigned: (who, about) => `${who} gave a task to ${about || 'somebody'}`,
  TaskFinished: (who) => `${who} finished a task`,
  TaskCancelled: (who) => `${who} cancelled a task`,

  TicketTriaged: (who, about) => (about ? `${who} sorted it: ${about}` : `${who} sorted it`),
  PriorityOverridden: (who, about) =>
    about ? `${who} overrode the priority: ${about}` : `${who} overrode the priority`,
  TypeSet: (who, about) => `${who} set the type: ${typeOf(about)}`,
  TicketTagged: (who, about) => (about ? `${who} set the tags: ${about}` : `${who} removed the tags`),

  MergeProposed: (who, about) => `${who} asks to merge it into ${about || 'another ticket'}`,
  MergeRefused: (who) => `${who} refused the merge`,
  TicketMerged: (who, about) => `${who} merged it into ${about || 'another ticket'}`,
  MergeUndone: (who, about) => `${who} undid the merge into ${about || 'another ticket'}`,
  TicketAbsorbed: (_who, about) => `${about || 'Another ticket'} was merged into this one`,
  AbsorptionUndone: (_who, about) => `${about || 'Another ticket'} is a ticket of its own again`,
  TicketSplit: (who, about) => `${who} split off ${about || 'a part'}`,
  SplitUndone: (who, about) => `${who} wants ${about || 'the part'} back`,
  PartTakenBack: (_who, about) => `Taken back into ${about || 'the ticket it came from'}`,
  LinkedToParent: (who, about) => `${who} made it part of ${about || 'another ticket'}`,
  UnlinkedFromParent: (who, about) => `${who} unlinked it from ${about || 'its parent'}`,
  MajorIncidentDeclared: (who, about) => `${who} declared a major incident; ${about || 'somebody'} coordinates`,
  MajorIncidentUpdated: (who) => `${who} told all customers the news`,
  UpdateReminded: () => 'News was due: the coordinator was reminded',
  ParentUpdated: (who, about) => `${who} passed on the news of ${about || 'its parent'}`,

  AlertRaised: (_who, about) => raisedOf(about),
  AlertAcknowledged: (who) => `${who} is on it`,
  AlertEnded: () => 'The alert is over',
  SlaWarned: (_who, about) =>
    about ? `${about} % of a promised time has passed` : 'A promised time will soon be over',
};
