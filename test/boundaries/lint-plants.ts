import { purity, seal, sealedTicket } from './domain-plants.ts';
import { rooms, syntax, type LintProof, type Room } from './lint-proof.ts';
import type { Sources } from './planted-tree.ts';

const everywhere = ['application', 'domain', 'local', 'test', 'bench'] as const;
const inSrc = ['application', 'domain', 'local'] as const;
const lines = (count: number, line: string): string => Array.from({ length: count }, () => `${line}\n`).join('');
const functionOf = (count: number): string => `export function plan(): void {\n${lines(count - 2, '  // a step')}}\n`;

const language: readonly LintProof[] = [
  {
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    rooms: everywhere,
    broken: [
      "export function say(status: 'new' | 'closed'): string {\n  switch (status) {\n    case 'new':\n      return 'New';\n  }\n  return '';\n}\n",
      "export function say(status: 'new' | 'closed'): string {\n  switch (status) {\n    case 'new':\n      return 'New';\n    default:\n      return '';\n  }\n}\n",
    ],
    clean:
      "export function say(status: 'new' | 'closed'): string {\n  switch (status) {\n    case 'new':\n      return 'New';\n    case 'closed':\n      return 'Closed';\n  }\n}\n",
  },
  {
    rule: '@typescript-eslint/no-floating-promises',
    rooms: everywhere,
    broken: ['export const wake = (send: () => Promise<void>): void => {\n  send();\n};\n'],
    clean: 'export const wake = async (send: () => Promise<void>): Promise<void> => {\n  await send();\n};\n',
  },
  {
    rule: '@typescript-eslint/no-misused-promises',
    rooms: everywhere,
    broken: ["export const say = (isOpen: () => Promise<boolean>): string => (isOpen() ? 'open' : 'closed');\n"],
    clean:
      "export const say = async (isOpen: () => Promise<boolean>): Promise<string> => ((await isOpen()) ? 'open' : 'closed');\n",
  },
  {
    rule: '@typescript-eslint/no-explicit-any',
    rooms: everywhere,
    broken: ['export const read = (body: any): string => String(body);\n'],
    clean: 'export const read = (body: unknown): string => String(body);\n',
  },
  {
    rule: '@typescript-eslint/no-non-null-assertion',
    rooms: everywhere,
    broken: ['export const first = (names: readonly string[]): string => names[0]!;\n'],
    clean: "export const first = (names: readonly string[]): string => names[0] ?? '';\n",
  },
  {
    rule: '@typescript-eslint/consistent-type-imports',
    rooms: everywhere,
    broken: ["import { Server } from 'node:http';\nexport type Shell = Server;\n"],
    clean: "import type { Server } from 'node:http';\nexport type Shell = Server;\n",
  },
  {
    // One such line in the domain would make the whole host known there.
    rule: '@typescript-eslint/triple-slash-reference',
    rooms: everywhere,
    broken: ['/// <reference types="node" />\nexport {};\n', '/// <reference lib="dom" />\nexport {};\n'],
    clean: "import type { Server } from 'node:http';\nexport type Shell = Server;\n",
  },
  {
    rule: 'eqeqeq',
    rooms: everywhere,
    broken: ['export const same = (a: string, b: string): boolean => a == b;\n'],
    clean: 'export const same = (a: string, b: string): boolean => a === b;\n',
  },
  {
    rule: 'no-empty',
    rooms: everywhere,
    broken: [
      'export function read(text: string): unknown {\n  try {\n    return JSON.parse(text);\n  } catch {}\n  return undefined;\n}\n',
      'export function read(text: string): void {\n  if (text) {\n  }\n}\n',
    ],
    clean:
      'export function read(text: string): unknown {\n  try {\n    return JSON.parse(text);\n  } catch {\n    return undefined;\n  }\n}\n',
  },
  {
    rule: 'no-console',
    rooms: ['application', 'domain', 'test'],
    broken: ["console.log('accepted');\n"],
    clean: "export const log = { info: (line: string): string => line };\nlog.info('accepted');\n",
  },
  {
    rule: 'unused disable comment',
    rooms: everywhere,
    broken: [
      '// eslint-disable-next-line no-console\nexport const quiet = 1;\n',
      '/* eslint-disable eqeqeq */\nexport const quiet = 1;\n',
    ],
    clean: '// eslint-disable-next-line eqeqeq\nexport const missing = (answer: unknown): boolean => answer == null;\n',
  },
];

const budgets: readonly LintProof[] = [
  {
    rule: 'max-params',
    rooms: everywhere,
    broken: ['export const sum = (a: number, b: number, c: number, d: number): number => a + b + c + d;\n'],
    clean: 'export const sum = (a: number, b: number, c: number): number => a + b + c;\n',
  },
  { rule: 'max-lines', rooms: inSrc, broken: [lines(201, 'export {};')], clean: lines(200, 'export {};') },
  { rule: 'max-lines-per-function', rooms: inSrc, broken: [functionOf(41)], clean: functionOf(40) },
];

const style: readonly LintProof[] = [
  {
    rule: syntax(
      'Name it: return refuse(code) in domain/, throw a named error (src/application/errors.ts) at an edge.',
    ),
    rooms: ['application', 'local'],
    broken: [
      "export const fail = (): never => {\n  throw new Error('gone');\n};\n",
      "export const fail = (): never => {\n  throw Error('gone');\n};\n",
    ],
    clean:
      "class StoreError extends Error {}\nexport const fail = (): never => {\n  throw new StoreError('gone');\n};\n",
  },
  {
    rule: syntax('Settings are read once, in src/config.ts, and handed down.'),
    rooms: ['application', 'domain'],
    broken: [
      'export const port = process.env.PORT;\n',
      "export const port = process['env'].PORT;\n",
      'const { env } = process;\nexport const port = env.PORT;\n',
      "import { env } from 'node:process';\nexport const port = env.PORT;\n",
    ],
    clean: 'export const onWindows = process.platform === "win32";\n',
  },
  {
    rule: syntax('Export a name: it is searchable and stays the same everywhere.'),
    rooms: everywhere,
    broken: ['export default 1;\n', 'export default function accept(): void {}\n'],
    clean: 'export function accept(): void {}\n',
  },
];

/** Single files with an exemption of their own: their text, and the rules it still breaks. */
export const exempted: Readonly<Record<string, { readonly source: string; readonly broken: readonly string[] }>> = {
  'src/config.ts': {
    source: "if (!process.env.PORT) throw new Error('PORT is missing');\nexport const port = process.env.PORT;\n",
    broken: [
      syntax('Name it: return refuse(code) in domain/, throw a named error (src/application/errors.ts) at an edge.'),
    ],
  },
  'src/domain/ticket.ts': {
    source: `${sealedTicket}export const seal = (ticket: Ticket): object => ({ ...ticket, at: Date.now() });\n`,
    broken: [syntax('Date.now() reads the clock; time is data: take `at` from the command.')],
  },
  'src/domain/evolve.ts': {
    source:
      "import type { Ticket } from './ticket.ts';\nexport const evolve = (ticket: Ticket): object => ({ ...ticket, at: Date.now() });\n",
    broken: [syntax('Date.now() reads the clock; time is data: take `at` from the command.')],
  },
  'test/support/seed-script.ts': {
    source: "console.log('three demo people');\nexport const hops = (a: string): boolean => a == '';\n",
    broken: ['eqeqeq'],
  },
};

/** What proves that each lint rule fires where it should, and nowhere else. */
export const lintProofs: readonly LintProof[] = [...language, ...budgets, ...purity, ...style, seal];

/** One file of the tree: a plant in a room. */
export const standsAt = (room: Room, index: number, plant: number | 'clean'): string =>
  `${rooms[room]}/plant-${index}-${plant}.ts`;

/** Every plant in every room. */
export const planted = (): Sources =>
  Object.fromEntries(
    (Object.keys(rooms) as Room[]).flatMap((room) =>
      lintProofs.flatMap(({ broken, clean }, index) => [
        ...broken.map((source, plant): [string, string] => [standsAt(room, index, plant), source]),
        [standsAt(room, index, 'clean'), clean] as [string, string],
      ]),
    ),
  );
