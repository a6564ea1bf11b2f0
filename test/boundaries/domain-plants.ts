import { syntax, type LintProof } from './lint-proof.ts';

/** What keeps the domain a function of its arguments. */
export const purity: readonly LintProof[] = [
  {
    rule: syntax('new Date() reads the clock; time is data: take `at` from the command.'),
    rooms: ['domain'],
    broken: ['export const now = new Date();\n'],
    clean: "export const then = new Date('2026-01-05T09:00:00.000Z');\n",
  },
  {
    rule: syntax('Date.now() reads the clock; time is data: take `at` from the command.'),
    rooms: ['domain'],
    broken: ['export const now = Date.now();\n'],
    clean: "export const then = Date.parse('2026-01-05T09:00:00.000Z');\n",
  },
  {
    rule: syntax('Chance is data: take it from the command.'),
    rooms: ['domain'],
    broken: ['export const chance = Math.random();\n'],
    clean: 'export const least = Math.min(1, 2);\n',
  },
  {
    rule: syntax('No async function here: the domain decides at once; waiting belongs to application/.'),
    rooms: ['domain'],
    broken: [
      'export const later = async (): Promise<void> => {};\n',
      'export async function later(): Promise<void> {}\n',
    ],
    clean: 'export const atOnce = (): void => {};\n',
  },
  {
    rule: syntax('No await here: the domain decides at once; waiting belongs to application/.'),
    rooms: ['domain'],
    broken: ['export const answer = await Promise.resolve(1);\n'],
    clean: 'export const answer = Promise.resolve(1);\n',
  },
  {
    rule: syntax('Values are immutable here: return a new one from evolve().'),
    rooms: ['domain'],
    broken: [
      'export const close = (row: { open: boolean }): void => {\n  row.open = false;\n};\n',
      "export const close = (row: { open: boolean }): void => {\n  row['open'] = false;\n};\n",
      'export const count = (row: { hops: number }): void => {\n  row.hops += 1;\n};\n',
      'export const count = (row: { hops: number }): void => {\n  row.hops++;\n};\n',
      'export const drop = (row: { owner?: string }): void => {\n  delete row.owner;\n};\n',
    ],
    clean:
      'export const close = (row: { open: boolean }): { open: boolean } => {\n  let open = row.open;\n  open = false;\n  return { ...row, open };\n};\n',
  },
  {
    rule: syntax('A refusal is a value: return refuse(code).'),
    rooms: ['domain'],
    broken: [
      "export const refuse = (): never => {\n  throw new Error('no');\n};\n",
      "export const refuse = (): never => {\n  throw new RangeError('no');\n};\n",
      "export const refuse = (): never => {\n  throw 'no';\n};\n",
    ],
    clean:
      'class OwnershipError extends Error {}\nexport const guard = (): never => {\n  throw new OwnershipError();\n};\n',
  },
];

/** A ticket that carries the seal, as src/domain/ticket.ts declares it. */
export const sealedTicket = `declare const sealed: unique symbol;
interface Facts {
  readonly [sealed]?: true;
  readonly id: string;
}
export type NewTicket = Facts & { readonly status: 'new' };
export type OwnedTicket = Facts & { readonly status: 'in_progress'; readonly ownerId: string };
export type Ticket = NewTicket | OwnedTicket;
export type TicketFacts<T extends Ticket = Ticket> = T extends Ticket ? Omit<T, typeof sealed> : never;
`;

const ticket = "import type { OwnedTicket, Ticket, TicketFacts } from '../domain/ticket.ts';\n";
const copies = [
  'export const copy = (ticket: Ticket): object => ({ ...ticket });\n',
  'export const copy = (ticket: OwnedTicket | undefined): object => ({ at: 1, ...ticket });\n',
  'export const copy = <T extends Ticket | undefined>(load: () => T): object => ({ ...load() });\n',
  'export const copy = (ticket: Readonly<OwnedTicket>): object => {\n  const { id, ...others } = ticket;\n  return { id, others };\n};\n',
  'export const copy = (ticket: Ticket): object => Object.assign({}, ticket);\n',
  'export const copy = (ticket: Ticket): object => structuredClone(ticket);\n',
];

/** Refused: every way to copy a sealed ticket. Allowed: reading one, listing several, copying facts before they are sealed. */
export const seal: LintProof = {
  rule: 'house/no-ticket-copy',
  rooms: ['application', 'domain', 'local'],
  broken: copies.map((copy) => ticket + copy),
  clean: `${ticket}export const answer = (ticket: Ticket, owned: OwnedTicket, facts: TicketFacts): object => ({
  ...facts,
  id: ticket.id,
  owner: owned.ownerId,
  all: [ticket, ...[owned]],
});
`,
};
