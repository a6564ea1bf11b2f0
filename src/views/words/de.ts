import { actionsDe, stepsDe } from './actions-de.ts';
import { alarmDe } from './alarm-de.ts';
import { alertDe } from './alert-de.ts';
import { cardsDe } from './cards-de.ts';
import { contactDe } from './contact-de.ts';
import { deskDe } from './desk-de.ts';
import { eventsDe, typesDe } from './events-de.ts';
import { noticesDe } from './notices-de.ts';
import { refusalsDe } from './refusals-de.ts';
import type { Words } from './words.ts';
import { workDe } from './work-de.ts';

export const de: Words = {
  ...alarmDe,
  ...alertDe,
  ...cardsDe,
  ...contactDe,
  ...deskDe,
  ...workDe,
  status: {
    new: 'Neu',
    in_progress: 'In Arbeit',
    pending_customer: 'Wartet auf Kunden',
    pending_vendor: 'Wartet auf Lieferanten',
    pending_change: 'Wartet auf Änderung',
    resolved: 'Gelöst',
    closed: 'Geschlossen',
    cancelled: 'Storniert',
  },
  priority: { P1: 'P1 kritisch', P2: 'P2 hoch', P3: 'P3 normal', P4: 'P4 niedrig' },
  notTriaged: 'nicht eingestuft',
  notice: noticesDe,
  nobody: 'noch niemand',
  noSubject: '(kein Betreff)',
  noSender: '(unbekannter Absender)',
  unreadable: 'Diese Mail war nicht lesbar. Das Original hängt an.',
  unverified: 'nicht geprüft: eine neue Person in diesem Verlauf',
  event: eventsDe,
  refusal: refusalsDe,
  action: actionsDe,
  step: stepsDe,
  type: typesDe,
  unknownNumber: (number) => `Ein Ticket ${number} gibt es nicht.`,
  fault: (id) =>
    `Etwas ging schief, und es ist vielleicht geschehen, vielleicht nicht: Bitte erst das Ticket ansehen, dann noch einmal versuchen. Bleibt es so, geben Sie der Administration dies: ${id}`,
  stranger:
    'Sie gehören noch nicht zu diesem Desk. Bitten Sie die Administration, Sie in config/desk.json einzutragen.',
  deadLetter: (what, why) => `${what} ließ sich nicht zustellen: ${why}`,
  deadLetterMail: (number) => `Die Mail an den Kunden zu ${number}`,
  deadLetterNotice: (number) => `Ein Hinweis zu ${number}`,
  noTeam:
    'Sie sind in keinem Team und haben daher keine Warteschlange. Die Administration kann Sie in config/desk.json eintragen.',
  welcome: 'Hallo! Neue Tickets erscheinen im Kanal Ihres Teams. Sagen Sie **help**, um zu sehen, was ich kann.',
};
