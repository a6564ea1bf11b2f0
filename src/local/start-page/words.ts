import type { Language } from '../mailbox-page/words.ts';

export interface StartWords {
  readonly title: string;
  readonly intro: string;
  readonly people: string;
  readonly peopleHint: string;
  readonly open: (name: string) => string;
  readonly running: string;
  readonly mailboxes: string;
  readonly mailHint: (smtpPort: number) => string;
  readonly time: string;
  readonly timeHint: string;
  /** `zone`: IANA. */
  readonly timeShown: (at: string, zone: string) => string;
  readonly realTime: string;
  readonly ahead: Readonly<Record<Step, string>>;
  readonly back: string;
  readonly faults: string;
  readonly faultsHint: string;
  readonly fault: Readonly<Record<FaultName, string>>;
  readonly clear: string;
  readonly noFaults: string;
  readonly active: (count: number) => string;
  readonly product: string;
  readonly productState: (running: boolean) => string;
  readonly restart: string;
  readonly kill: string;
  readonly fenced: string;
  readonly tryThis: string;
  readonly steps: readonly string[];
  readonly failed: string;
}

/** Minutes by which a visitor moves the clock. */
export const STEPS = ['5', '60', '1440'] as const;
type Step = (typeof STEPS)[number];

export type FaultName = 'send-504' | 'graph-429' | 'notifications' | 'teams-429' | 'teams-502' | 'anna-blocks';

const en: StartWords = {
  title: 'Your ticket desk',
  intro: 'A whole tenant on this machine: mail, Teams and the desk. Nothing leaves it.',
  people: 'People of the desk',
  peopleHint: 'Each opens Microsoft 365 Agents Playground as that person; the first time takes a few seconds.',
  open: (name) => `Open Teams as ${name}`,
  running: 'running',
  mailboxes: 'Customers and mailboxes',
  mailHint: (port) => `Any mail program works too: SMTP on 127.0.0.1 port ${port}, no password.`,
  time: 'Time',
  timeHint:
    'Nobody accepts a ticket? Move the clock ahead and watch who is told: first the agents, then their lead, then the manager.',
  timeShown: (at, zone) => `The desk’s clock shows ${at} (${zone}).`,
  realTime: 'That is the real time.',
  ahead: { '5': '+5 min', '60': '+1 h', '1440': '+1 day' },
  back: 'Back to the real time',
  faults: 'Faults',
  faultsHint: 'Let something go wrong and watch the desk lose nothing.',
  fault: {
    'send-504': 'The next 3 mails: sent, but answered with 504',
    'graph-429': 'The next 5 Graph requests: 429, Retry-After 2 s',
    notifications: 'The next 10 notifications: lost',
    'teams-429': 'The next 5 Teams requests: 429, Retry-After 2 s',
    'teams-502': 'The next 5 Teams requests: 502',
    'anna-blocks': 'Anna blocks the bot: 403 in her chat',
  },
  clear: 'Clear all faults',
  noFaults: 'No fault is set.',
  active: (count) => `${count} set`,
  product: 'The desk itself',
  productState: (running) => (running ? 'It runs as a process of its own.' : 'It is stopped.'),
  restart: 'Restart',
  kill: 'Kill −9 and start again',
  fenced: 'Everything listens on the loopback address only, the Playgrounds too.',
  tryThis: 'Try this',
  steps: [
    'Open Teams as Anna and choose the channel Tickets: two mails wait as cards.',
    'Accept one. Open Teams as Ben and try to accept it too: he sees who won.',
    'As Anna, reply. Open the mailbox of the customer: the answer stands in the same thread.',
    'Answer as the customer: the card changes, and Anna is told in her chat.',
    'Send and resolve.',
  ],
  failed: 'That did not work.',
};

const de: StartWords = {
  title: 'Dein Ticket-Desk',
  intro: 'Ein ganzer Mandant auf diesem Rechner: Mail, Teams und der Desk. Nichts verlässt ihn.',
  people: 'Leute vom Desk',
  peopleHint:
    'Jeder Knopf öffnet Microsoft 365 Agents Playground als diese Person; beim ersten Mal dauert es ein paar Sekunden.',
  open: (name) => `Teams als ${name} öffnen`,
  running: 'läuft',
  mailboxes: 'Kunden und Postfächer',
  mailHint: (port) => `Jedes Mailprogramm geht auch: SMTP auf 127.0.0.1, Port ${port}, ohne Passwort.`,
  time: 'Zeit',
  timeHint:
    'Niemand nimmt ein Ticket an? Stell die Uhr vor und sieh, wem es gesagt wird: erst dem Team, dann der Teamleitung, dann dem Management.',
  timeShown: (at, zone) => `Die Uhr des Desks zeigt ${at} (${zone}).`,
  realTime: 'Das ist die echte Zeit.',
  ahead: { '5': '+5 min', '60': '+1 h', '1440': '+1 Tag' },
  back: 'Zurück zur echten Zeit',
  faults: 'Störungen',
  faultsHint: 'Lass etwas schiefgehen und sieh zu, wie der Desk nichts verliert.',
  fault: {
    'send-504': 'Die nächsten 3 Mails: gesendet, aber mit 504 beantwortet',
    'graph-429': 'Die nächsten 5 Graph-Anfragen: 429, Retry-After 2 s',
    notifications: 'Die nächsten 10 Benachrichtigungen: verloren',
    'teams-429': 'Die nächsten 5 Teams-Anfragen: 429, Retry-After 2 s',
    'teams-502': 'Die nächsten 5 Teams-Anfragen: 502',
    'anna-blocks': 'Anna blockiert den Bot: 403 in ihrem Chat',
  },
  clear: 'Alle Störungen aufheben',
  noFaults: 'Keine Störung gesetzt.',
  active: (count) => `${count} gesetzt`,
  product: 'Der Desk selbst',
  productState: (running) => (running ? 'Er läuft als eigener Prozess.' : 'Er ist angehalten.'),
  restart: 'Neu starten',
  kill: 'Mit kill −9 beenden und neu starten',
  fenced: 'Alles horcht nur auf der Loopback-Adresse, auch die Playgrounds.',
  tryThis: 'Probiere das',
  steps: [
    'Öffne Teams als Anna und wähle den Kanal Tickets: Zwei Mails warten als Karten.',
    'Nimm eine an. Öffne Teams als Ben und versuche es auch: Er sieht, wer gewonnen hat.',
    'Antworte als Anna. Öffne das Postfach des Kunden: Die Antwort steht im selben Verlauf.',
    'Antworte als Kunde: Die Karte ändert sich, und Anna erfährt es in ihrem Chat.',
    'Senden und lösen.',
  ],
  failed: 'Das hat nicht geklappt.',
};

export const startWords = (language: Language): StartWords => ({ en, de })[language];
