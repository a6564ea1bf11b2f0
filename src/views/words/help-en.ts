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
    ['contact carla@customer.example', 'a customer, their company and their tickets'],
    ['report transfers', 'who tried to change owners (leads)'],
    ['help', 'this list'],
  ],
};
