import type { TicketEvent } from '../../domain/events.ts';
import type { TicketType } from '../../domain/values.ts';

export const typesDe: Readonly<Record<TicketType, string>> = {
  incident: 'Störung',
  service_request: 'Serviceanfrage',
  problem: 'Problem',
  change: 'Änderung',
};

/** A type comes as its value. */
const typeOf = (about: string): string => typesDe[about as TicketType] ?? about;

/** "1, Ana Alves, Ben Berg": the level, and who was told. */
const raisedOf = (about: string): string => {
  const [level = '', ...names] = about.split(', ');
  const whom = names.join(', ');
  return level ? `Alarm Stufe ${level}${whom && `: ${whom} informiert`}` : 'Ein Alarm wurde ausgelöst';
};

/** `who` is empty where the desk itself acted, `about` where nobody and nothing was named. */
export const eventsDe: Readonly<Record<TicketEvent['type'], (who: string, about: string) => string>> = {
  TicketOpened: (who) => `${who} schrieb`,
  TicketAccepted: (who) => `${who} nahm an`,
  NoteAdded: (who) => `${who} notierte (intern)`,
  CustomerAnswered: (who) => `${who} antwortete dem Kunden`,
  CustomerWroteIn: (who) => `${who} schrieb`,
  TicketPaused: () => 'Wartet auf den Kunden',
  TicketPended: (who) => `${who} wartet auf andere`,
  TicketResumed: (who) => (who ? `${who} setzte fort` : 'Fortgesetzt'),
  TicketResolved: (who) => `${who} löste`,
  TicketReopened: (who) => (who ? `${who} öffnete wieder` : 'Wieder geöffnet'),
  TicketClosed: () => 'Geschlossen',
  TicketCancelled: (who) => `${who} stornierte`,
  CancelUndone: (who) => `${who} nahm das Stornieren zurück`,

  TicketReserved: (who) => `${who} nimmt es gerade an`,
  ReservationUndone: (who) => `${who} nahm es doch nicht an`,
  OwnerChangeRefused: (_who, about) => `Der Besitzer bleibt: Gewünscht war ${about || 'jemand anderes'}`,
  TicketOffered: (who, about) => `${who} bot es ${about || 'jemandem'} an`,
  OfferDeclined: (who) => `${who} lehnte das Angebot ab`,
  OfferExpired: () => 'Das Angebot ist abgelaufen',
  TicketRouted: (who, about) => `${who} gab es an ${about || 'ein anderes Team'}`,
  TransferProposed: (who, about) => `${who} schlug ${about || 'jemand anderes'} als neuen Besitzer vor`,
  TransferRejected: (who) => `${who} lehnte den Besitzerwechsel ab`,
  OwnershipTransferred: (who, about) => `${about || 'Jemand anderes'} ist neuer Besitzer, bestätigt von ${who}`,

  EnvelopeRequested: (who, about) => (about ? `${who} bat ${about} um Hilfe` : `${who} bat um Hilfe`),
  EnvelopeEdited: (who) => `${who} änderte die Bitte um Hilfe`,
  EnvelopeAccepted: (who) => `${who} hilft`,
  EnvelopeDeclined: (who, about) =>
    about ? `${who} kann nicht helfen; gefragt ist jetzt ${about}` : `${who} kann nicht helfen`,
  EnvelopeReleased: (who) => `${who} gab die Bitte um Hilfe an das Team zurück`,
  OwnerQueried: (who) => `${who} fragte beim Besitzer nach`,
  QueryAnswered: (who) => `${who} beantwortete die Rückfrage`,
  EnvelopeCompleted: (who, about) =>
    about ? `${who} beantwortete die Bitte um Hilfe: Zuständig ist ${about}` : `${who} beantwortete die Bitte um Hilfe`,
  EnvelopeConfirmed: (who, about) =>
    who ? `${who} bestätigte die Hilfe${about && ` von ${about}`}` : `Die Hilfe${about && ` von ${about}`} zählt jetzt`,
  EnvelopeSentBack: (who) => `${who} gab die Antwort zur Nacharbeit zurück`,
  EnvelopeWithdrawn: (who) => `${who} zog die Bitte um Hilfe zurück`,
  TaskAdded: (who, about) => (about ? `${who} legte eine Aufgabe für ${about} an` : `${who} legte eine Aufgabe an`),
  TaskAssigned: (who, about) => `${who} gab eine Aufgabe an ${about || 'jemanden'}`,
  TaskFinished: (who) => `${who} erledigte eine Aufgabe`,
  TaskCancelled: (who) => `${who} strich eine Aufgabe`,

  TicketTriaged: (who, about) => (about ? `${who} stufte ein: ${about}` : `${who} stufte ein`),
  PriorityOverridden: (who, about) =>
    about ? `${who} übersteuerte die Priorität: ${about}` : `${who} übersteuerte die Priorität`,
  TypeSet: (who, about) => `${who} legte die Art fest: ${typeOf(about)}`,
  TicketTagged: (who, about) => (about ? `${who} setzte Schlagwörter: ${about}` : `${who} entfernte die Schlagwörter`),

  MergeProposed: (who, about) => `${who} möchte es mit ${about || 'einem anderen Ticket'} zusammenführen`,
  MergeRefused: (who) => `${who} lehnte das Zusammenführen ab`,
  TicketMerged: (who, about) => `${who} führte es mit ${about || 'einem anderen Ticket'} zusammen`,
  MergeUndone: (who, about) => `${who} trennte es wieder von ${about || 'dem anderen Ticket'}`,
  TicketAbsorbed: (_who, about) => `${about || 'Ein anderes Ticket'} ging in diesem auf`,
  AbsorptionUndone: (_who, about) => `${about || 'Das andere Ticket'} ist wieder ein eigenes Ticket`,
  TicketSplit: (who, about) => `${who} spaltete ${about || 'einen Teil'} ab`,
  SplitUndone: (who, about) => `${who} möchte ${about || 'den Teil'} zurückholen`,
  PartTakenBack: (_who, about) => `Zurückgeholt nach ${about || 'seinem Ursprung'}`,
  LinkedToParent: (who, about) => `${who} hängte es unter ${about || 'ein anderes Ticket'}`,
  UnlinkedFromParent: (who, about) => `${who} löste es von ${about || 'dem übergeordneten Ticket'}`,
  MajorIncidentDeclared: (who, about) => `${who} rief eine Großstörung aus; Koordination: ${about || 'offen'}`,
  MajorIncidentUpdated: (who) => `${who} sandte allen Kunden eine Neuigkeit`,
  UpdateReminded: () => 'Eine Neuigkeit war fällig: Die Koordination wurde erinnert',
  ParentUpdated: (who, about) => `${who} gab die Neuigkeit von ${about || 'oben'} weiter`,

  AlertRaised: (_who, about) => raisedOf(about),
  AlertAcknowledged: (who) => `${who} kümmert sich`,
  AlertEnded: () => 'Der Alarm ist vorbei',
  SlaWarned: (_who, about) => (about ? `${about} % einer zugesagten Zeit sind um` : 'Eine zugesagte Zeit ist bald um'),
};
