import type { Words } from './words.ts';

/** What the bot understands, in the order in which people need it. */
export const helpDe: Words['help'] = {
  title: 'Der Ticket-Desk',
  lines: [
    ['queue', 'was auf Ihr Team wartet'],
    ['next', 'das dringendste wartende Ticket nehmen'],
    ['mine', 'Ihre Tickets'],
    ['ticket INC-1042', 'ein Ticket zeigen'],
    ['find drucker', 'Tickets nach Wörtern suchen'],
    ['new', 'ein Ticket für einen Anrufer anlegen'],
    ['hilfen', 'wo Sie helfen oder um Hilfe gebeten sind'],
    ['hilfeschlange', 'um welche Hilfe Ihre Teams gebeten sind'],
    ['aufgaben', 'Ihre Aufgaben'],
    ['viele', 'eines mit vielen Tickets tun'],
    ['zuweisen INC-1042 Ben', 'der Besitzer bleibt; stattdessen Hilfe holen'],
    ['vertretung', 'jemand handelt für Sie, oder Sie für andere'],
    ['zurück', 'Sie sind zurück: niemand vertritt Sie mehr'],
    ['übertragen INC-1042', 'ein neuer Besitzer, als Ausnahme (Leitung)'],
    ['abgang', 'alle Tickets von jemandem, der geht (Leitung)'],
    ['erkläre INC-1042', 'welche Uhren laufen, wer informiert ist, was sie anhält'],
    ['alarme INC-1042', 'was aus jeder Nachricht dazu wurde'],
    ['lage', 'wer was hat, was als Nächstes brennt (Leitung)'],
    ['matrix', 'wann wer wovon erfährt; Admins ändern es'],
    ['neuladen', 'die Regeln für Alarme neu lesen (Admins)'],
    ['kontakt carla@customer.example', 'ein Kunde, die Firma und die Tickets'],
    ['bericht', 'wer Besitzer ändern wollte (Leitung)'],
    ['help', 'diese Liste'],
  ],
};
