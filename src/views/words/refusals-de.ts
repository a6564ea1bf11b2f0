import type { Refusal, RefusalCode } from '../../domain/refusals.ts';
import { actionsDe, stepsDe } from './actions-de.ts';
import { capital, dayOf, envelopesOf, soughtOf } from './refusal-details.ts';

const possible = (refusal: Refusal): string => {
  const actions = soughtOf(refusal).map((action) => actionsDe[action]);
  return actions.length > 0 ? ` Jetzt möglich: ${actions.join(', ')}.` : '';
};
const someone = ({ owner }: Refusal, otherwise = 'Jemand anderes'): string => owner?.name ?? otherwise;
const ticket = ({ other }: Refusal, otherwise = 'das andere Ticket'): string => other?.number ?? otherwise;
const days = (limit: number | undefined, otherwise: string): string =>
  limit === undefined ? otherwise : limit === 1 ? 'einen Tag' : `${limit} Tage`;
const until = (refusal: Refusal): string => (refusal.until ? ` bis ${dayOf(refusal)}` : ' eine Zeit lang');

export const refusalsDe: Readonly<Record<RefusalCode, (refusal: Refusal) => string>> = {
  'owner-is-set': (refusal) => `${someone(refusal, 'Jemand')} besitzt dieses Ticket.`,
  'owner-stays': (refusal) =>
    `Der Besitzer bleibt${refusal.owner ? `: ${refusal.owner.name}` : ''}. ${
      refusal.ready ? 'Bitten Sie stattdessen um Hilfe: ein Klick unten.' : 'Hinterlassen Sie eine interne Notiz.'
    }`,
  'only-by-accept': () =>
    'Noch besitzt niemand dieses Ticket, und Besitzer wird man nur durch Annehmen. Nehmen Sie es zuerst an.',
  'no-owner-yet': () => 'Noch besitzt niemand dieses Ticket. Nehmen Sie es zuerst an.',
  'only-the-owner': (refusal) =>
    `${someone(refusal)} besitzt dieses Ticket, und der Kunde hört eine Stimme. Hinterlassen Sie eine interne Notiz.`,
  reserved: (refusal) =>
    `${someone(refusal)} nimmt dieses Ticket gerade an. Sehen Sie in einer Minute noch einmal nach, oder nehmen Sie ein anderes.`,
  'not-reserved': () => 'Sie nehmen dieses Ticket gerade nicht an; es gibt nichts zurückzunehmen.',
  'not-offered': () =>
    'Dieses Ticket ist Ihnen nicht oder nicht mehr angeboten. Annehmen geht, solange niemand es besitzt.',
  'needs-a-lead': ({ limit }) =>
    limit === undefined
      ? 'Das entscheidet die Teamleitung. Fragen Sie dort, mit einer internen Notiz.'
      : `Dieses Ticket hat schon ${limit}-mal das Team gewechselt. Wohin es gehört, entscheidet die Teamleitung: Fragen Sie dort.`,
  'same-team': () => 'Es ist schon bei diesem Team. Bitte ein anderes wählen.',
  'not-allowed-now': (refusal) => `Das geht in diesem Zustand nicht.${possible(refusal)}`,
  'not-found': () => 'Dieses Ticket gibt es nicht.',
  'text-missing': () => 'Nichts wurde gesendet: Der Text ist leer. Bitte schreiben und noch einmal versuchen.',
  'text-too-long': ({ limit }) =>
    `Nichts wurde gesendet: Der Text ist länger als ${limit === undefined ? 'erlaubt' : `${limit} Zeichen`}. Bitte kürzen und noch einmal versuchen.`,
  'reason-missing': () => 'Bitte einen Grund angeben. Beim Stornieren ist das Spam, doppelt oder Irrtum.',
  'follow-up-date-missing': () => 'Bitte den Tag der Wiedervorlage wählen.',
  'follow-up-date-past': () => 'Der Tag der Wiedervorlage ist vorbei. Bitte einen späteren wählen.',
  'due-date-past': () => 'Diese Zeit ist vorbei oder hier nicht möglich. Bitte eine andere wählen.',
  'duplicate-target-missing': () => 'Bitte das andere Ticket nennen, zum Beispiel INC-1042.',
  'undo-too-late': (refusal) =>
    `Das ließ sich${until(refusal)} zurücknehmen. Jetzt gilt es: Bitte von hier aus weiter.`,
  'reopen-too-late': (refusal) =>
    `Dieses Ticket ließ sich${until(refusal)} wieder öffnen. Bitte ein neues Ticket anlegen.`,
  'role-may-not': () => 'Ihre Rolle darf das nicht. Fragen Sie die Teamleitung.',
  'no-address': () =>
    'Von diesem Kunden kennen wir keine Mailadresse; nichts wurde gesendet. Bitte eine Notiz hinterlassen oder das Ticket lösen.',
  'team-unknown': () => 'Bitte ein Team wählen.',
  'person-unknown': () => 'Diese Person kennt der Desk nicht. Bitte jemanden aus der Liste wählen.',
  'may-not-own': (refusal) =>
    `${someone(refusal, 'Diese Person')} kann hier nicht Besitzer sein. Bitte jemand anderen mit der Rolle Agent oder Leitung wählen.`,
  'transfer-not-exceptional': ({ limit }) =>
    `Der Besitzer wechselt nur, wenn er geht oder länger als ${days(limit, 'einen Monat')} abwesend ist. Bitten Sie um Hilfe, oder starten Sie eine Vertretung.`,
  'leave-too-short': ({ limit }) =>
    `Wer höchstens ${days(limit, 'einen Monat')} abwesend ist, behält seine Tickets. Starten Sie für diese Zeit eine Vertretung.`,
  'evidence-missing': () => 'Bitte schreiben, woraus sich Weggang oder Abwesenheit ergibt. Es bleibt festgehalten.',
  'no-transfer-proposed': () => 'Es ist kein neuer Besitzer vorgeschlagen, oder nicht mehr. Der Besitzer bleibt.',
  'not-in-line': (refusal) =>
    `Das dürfen nur Vorgesetzte von ${someone(refusal, 'dem Besitzer')}: Die Teamleitung schlägt vor, das Management bestätigt. Fragen Sie dort.`,
  'four-eyes': (refusal) =>
    `Darüber entscheiden zwei: Weder wer es vorschlug noch ${someone(refusal, 'der Besitzer')} darf bestätigen. Fragen Sie eine andere Person des Managements.`,
  'cover-too-long': ({ limit }) =>
    `Eine Vertretung dauert höchstens ${days(limit, 'einen Monat')}. Bitte ein früheres Ende wählen.`,
  'cover-once': (refusal) =>
    `Sie haben dieses Ticket schon einmal vertreten. Die nächste Vertretung startet ${someone(refusal, 'der Besitzer')} oder die Teamleitung: Fragen Sie dort.`,
  'envelope-unknown': () => 'Diese Bitte um Hilfe gibt es hier nicht. Sehen Sie nach, wie das Ticket jetzt steht.',
  'envelope-not-now': ({ steps = [] }) =>
    steps.length > 0
      ? `Das geht bei dieser Bitte um Hilfe gerade nicht. Jetzt möglich: ${steps.map((step) => stepsDe[step]).join(', ')}.`
      : 'Diese Bitte um Hilfe ist beendet. Der Besitzer kann neu fragen.',
  'envelope-taken': (refusal) => `${someone(refusal)} hilft schon. Für Sie gibt es hier nichts zu tun.`,
  'envelope-offered': (refusal) =>
    `${someone(refusal)} wurde persönlich gefragt. Bei einer Absage ist die nächste Person des Teams dran.`,
  'envelopes-still-open': (refusal) => {
    const open = envelopesOf(refusal);
    return `Bitten um Hilfe sind noch offen${open && `: ${open}`}. Bitte die Antworten abwarten oder alle zurückziehen.`;
  },
  'expert-is-owner': () =>
    'Beim eigenen Ticket hilft man nicht sich selbst. Bitte jemand anderen oder ein Team fragen.',
  'only-the-expert': (refusal) => `${someone(refusal)} hilft hier. Hinterlassen Sie eine interne Notiz.`,
  'not-a-member': () => 'Das darf nur das gefragte Team. Hinterlassen Sie stattdessen eine interne Notiz.',
  'nobody-to-ask': () => 'In diesem Team ist niemand zu fragen. Bitte ein anderes wählen.',
  'too-many': ({ limit }) =>
    `Das sind zu viele${limit === undefined ? '' : `: Möglich sind höchstens ${limit}`}. Bitte mit weniger noch einmal versuchen.`,
  'task-unknown': () => 'Diese Aufgabe gibt es hier nicht. Sehen Sie nach, wie das Ticket jetzt steht.',
  'task-not-now': () => 'Diese Aufgabe ist schon erledigt oder gestrichen. Für Weiteres bitte eine neue anlegen.',
  'merge-target-missing': () =>
    'Das Ticket zum Zusammenführen gibt es nicht. Bitte die Nummer prüfen, zum Beispiel INC-1042.',
  'merge-cycle': (refusal) => `${capital(ticket(refusal))} führt zu diesem Ticket zurück. Bitte ein anderes nennen.`,
  'merge-ended': (refusal) => `${capital(ticket(refusal))} ist nicht mehr offen. Bitte eines nennen, das es ist.`,
  'merge-other-customer': (refusal) =>
    `${capital(ticket(refusal))} gehört einem anderen Kunden. Hängen Sie stattdessen beide unter ein Ticket.`,
  'merge-needs-yes': (refusal) =>
    `Jemand anderes besitzt ${ticket(refusal)} und muss zustimmen, oder die Teamleitung. Schlagen Sie das Zusammenführen vor.`,
  'no-merge-proposed': () => 'Ein Zusammenführen ist nicht oder nicht mehr vorgeschlagen. So steht das Ticket jetzt.',
  'parent-unknown': () => 'Das übergeordnete Ticket gibt es nicht. Bitte die Nummer prüfen, zum Beispiel INC-1042.',
  'parent-is-child': (refusal) =>
    `Es gibt nur zwei Ebenen, darum geht das mit ${ticket(refusal, 'dem anderen Ticket')} nicht. Bitte das oberste Ticket nehmen.`,
  'not-linked': () => 'Dieses Ticket hängt nicht oder nicht mehr unter dem anderen.',
  'already-major': (refusal) =>
    `Das ist schon eine Großstörung; Koordination: ${someone(refusal, 'jemand anderes')}. Bitte Neuigkeiten dorthin geben.`,
  'not-major': () => 'Das ist keine Großstörung. Das Management kann eine ausrufen.',
  'not-split': () => 'Jenes Ticket wurde nicht von diesem abgespalten. Bitte die Nummer prüfen.',
  'alert-over': () => 'Dieser Alarm ist schon vorbei. Für Sie gibt es hier nichts zu tun.',
  'alert-held': (refusal) => `${someone(refusal)} kümmert sich schon. Fragen Sie, ob Sie helfen können.`,
  'no-preview': () =>
    'Nichts ist ausgewählt, oder die Vorschau gibt es nicht mehr. Bitte die Tickets noch einmal auswählen.',
  'not-your-preview': () => 'Diese Vorschau hat jemand anderes gemacht. Bitte die Tickets selbst auswählen.',
  'busy-try-again': () => 'Mehrere ändern dieses Ticket gerade. Bitte noch einmal versuchen.',
  'unknown-command': () => 'Diesen Knopf gibt es nicht mehr. So steht das Ticket jetzt.',
};
