import type { Words } from './words.ts';

/** What the bot understands, in the order in which people need it. */
export const helpEn: Words['help'] = {
  title: 'The ticket desk',
  lines: [
    ['queue', 'what waits for your team'],
    ['next', 'take the most urgent waiting ticket'],
    ['mine', 'the tickets you own'],
    ['ticket INC-1042', 'show one ticket'],
    ['find printer', 'search tickets by words'],
    ['new', 'make a ticket for a caller'],
    ['envelopes', 'where you help, or are asked to'],
    ['help-queue', 'the help your teams are asked for'],
    ['tasks', 'your to-dos'],
    ['many', 'do one thing with many tickets'],
    ['assign INC-1042 Ben', 'the owner stays; get help instead'],
    ['cover', 'somebody acts for you, or you for them'],
    ['back', 'you are back: nobody acts for you any more'],
    ['transfer INC-1042', 'a new owner, as an exception (leads)'],
    ['leaver', 'all tickets of one who leaves (leads)'],
    ['explain INC-1042', 'which clocks run, who was told, what stops them'],
    ['alerts INC-1042', 'what became of each message about it'],
    ['desk', 'who has what, what burns next (leads)'],
    ['matrix', 'when who is told of what; admins change it'],
    ['reload', 'read the rules of alerts anew (admins)'],
    ['contact carla@customer.example', 'a customer, their company and their tickets'],
    ['report transfers', 'who tried to change owners (leads)'],
    ['help', 'this list'],
  ],
};
