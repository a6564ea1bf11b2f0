import { actionsEn, stepsEn } from './actions-en.ts';
import { alarmEn } from './alarm-en.ts';
import { alertEn } from './alert-en.ts';
import { cardsEn } from './cards-en.ts';
import { contactEn } from './contact-en.ts';
import { deskEn } from './desk-en.ts';
import { eventsEn, typesEn } from './events-en.ts';
import { noticesEn } from './notices-en.ts';
import { refusalsEn } from './refusals-en.ts';
import type { Words } from './words.ts';
import { workEn } from './work-en.ts';

export const en: Words = {
  ...alarmEn,
  ...alertEn,
  ...cardsEn,
  ...contactEn,
  ...deskEn,
  ...workEn,
  status: {
    new: 'New',
    in_progress: 'In progress',
    pending_customer: 'Waiting for the customer',
    pending_vendor: 'Waiting for a vendor',
    pending_change: 'Waiting for a change',
    resolved: 'Resolved',
    closed: 'Closed',
    cancelled: 'Cancelled',
  },
  priority: { P1: 'P1 critical', P2: 'P2 high', P3: 'P3 normal', P4: 'P4 low' },
  notTriaged: 'not triaged',
  notice: noticesEn,
  nobody: 'nobody yet',
  noSubject: '(no subject)',
  noSender: '(unknown sender)',
  unreadable: 'This mail could not be read. The original is attached.',
  unverified: 'not verified: a new person in this thread',
  event: eventsEn,
  refusal: refusalsEn,
  action: actionsEn,
  step: stepsEn,
  type: typesEn,
  unknownNumber: (number) => `There is no ticket ${number}.`,
  fault: (id) =>
    `Something went wrong, and it may or may not have been done: look at the ticket before you try again. If it stays so, give your administrator this: ${id}`,
  stranger: 'You are not a member of this desk yet. Ask an administrator to add you to config/desk.json.',
  deadLetter: (what, why) => `${what} could not be delivered: ${why}`,
  deadLetterMail: (number) => `The mail to the customer of ${number}`,
  deadLetterNotice: (number) => `A notice about ${number}`,
  noTeam: 'You are in no team, so there is no queue of yours. An administrator can add you in config/desk.json.',
  welcome: 'Hello! New tickets appear in your team’s channel. Say **help** to see what I can do.',
};
