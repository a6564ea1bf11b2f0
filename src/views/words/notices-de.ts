import type { NoticeReason } from '../../domain/effects.ts';

/** The headline of the card a person gets. `who` caused it; empty where it was the clock. */
export const noticesDe: Readonly<Record<NoticeReason, (who: string) => string>> = {
  'customer-wrote': (who) => `${who} hat geschrieben`,
  'reopened-away': () => 'Wieder geöffnet, während der Besitzer abwesend ist: Bitte kümmern Sie sich darum',
  offered: (who) => `${who} bietet Ihnen dieses Ticket an`,
  'offer-declined': (who) => `${who} hat Ihr Angebot abgelehnt`,
  'envelope-offered': () => 'Ihre Hilfe wird gebraucht',
  'envelope-lead': (who) => `${who} hat zuletzt abgelehnt, sonst ist niemand mehr zu fragen: Können Sie helfen?`,
  'envelope-declined': (who) => `${who} hat abgelehnt, sonst ist niemand mehr zu fragen: Bitte ein anderes Team fragen`,
  'envelope-edited': (who) => `${who} hat die Bitte um Hilfe geändert`,
  'envelope-query': (who) => `${who} braucht eine Antwort von Ihnen, um weiterzuhelfen`,
  'envelope-answer': (who) => `${who} hat Ihre Rückfrage beantwortet`,
  'envelope-completed': (who) => `${who} hat Ihre Bitte um Hilfe beantwortet`,
  'envelope-sent-back': (who) => `${who} braucht mehr von Ihnen: Ihre Antwort kam zurück`,
  'envelope-withdrawn': (who) => `${who} hat die Bitte um Hilfe zurückgezogen: Es ist nichts mehr zu tun`,
  'transfer-proposed': (who) => `${who} schlägt einen neuen Besitzer vor: Bitte bestätigen oder ablehnen`,
  transferred: (who) => `Dieses Ticket hat einen neuen Besitzer, bestätigt von ${who}`,
  'merge-proposed': (who) => `${who} möchte dieses Ticket mit einem der Ihren zusammenführen`,
  'merge-refused': (who) => `${who} hat das Zusammenführen abgelehnt`,
  'task-assigned': (who) => `${who} hat eine Aufgabe für Sie`,
  coordinates: (who) => `${who} hat eine Großstörung ausgerufen, und Sie koordinieren sie`,
  'update-due': () => 'Eine Neuigkeit ist fällig: Die Kunden warten darauf',
};
