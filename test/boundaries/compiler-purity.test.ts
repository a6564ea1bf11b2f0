import { join, relative, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { growTree, type PlantedTree, type Sources } from './planted-tree.ts';

/** One use of each thing of the host that a decision must not know; all of it compiles where Node's types are. */
const host: Readonly<Record<string, string>> = {
  console: "console.log('accepted');",
  process: 'export const line = process.argv[0];',
  fetch: "export const answer = fetch('http://127.0.0.1');",
  Buffer: "export const bytes = Buffer.from('a');",
  setTimeout: 'setTimeout(() => undefined, 1);',
  setInterval: 'setInterval(() => undefined, 1);',
  setImmediate: 'setImmediate(() => undefined);',
  queueMicrotask: 'queueMicrotask(() => undefined);',
  crypto: 'export const id = crypto.randomUUID();',
  URL: "export const site = new URL('http://127.0.0.1');",
  performance: 'export const ticks = performance.now();',
  structuredClone: 'export const copy = structuredClone({ a: 1 });',
  TextEncoder: 'export const bytes = new TextEncoder();',
  AbortController: 'export const stop = new AbortController();',
};

/** Language without a host: local time with an explicit zone is the language's own. */
const pure = `export const localTime = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone, timeStyle: 'short' }).format(new Date(at));
export const byTeam = <T extends { team: string }>(rows: readonly T[]): Map<string, T[]> => Map.groupBy(rows, ({ team }) => team);
`;

/** Flags of the whole house: what breaks each, the compiler's code, and the right way. */
const flags: Readonly<Record<string, { readonly broken: string; readonly code: number; readonly clean: string }>> = {
  strict: {
    broken: 'export const say = (name) => name;',
    code: 7006,
    clean: 'export const say = (name: string): string => name;',
  },
  noUncheckedIndexedAccess: {
    broken: 'export const first = (names: readonly string[]): string => names[0];',
    code: 2322,
    clean: "export const first = (names: readonly string[]): string => names[0] ?? '';",
  },
  exactOptionalPropertyTypes: {
    broken: 'export const row: { owner?: string } = { owner: undefined };',
    code: 2375,
    clean: 'export const row: { owner?: string } = {};',
  },
  erasableSyntaxOnly: {
    broken: "export enum Status { New = 'new' }",
    code: 1294,
    clean: "export type Status = 'new';",
  },
  verbatimModuleSyntax: {
    broken: "import { ServerOptions } from 'node:http';\nexport type Options = ServerOptions;",
    code: 1484,
    clean: "import type { ServerOptions } from 'node:http';\nexport type Options = ServerOptions;",
  },
  noImplicitOverride: {
    broken: "export class Gone extends Error {\n  name = 'Gone';\n}",
    code: 4114,
    clean: "export class Gone extends Error {\n  override name = 'Gone';\n}",
  },
  noFallthroughCasesInSwitch: {
    broken:
      'export function say(n: number): string {\n  let text = "";\n  switch (n) {\n    case 1:\n      text = "one";\n    default:\n      return text;\n  }\n}',
    code: 7029,
    clean:
      'export function say(n: number): string {\n  switch (n) {\n    case 1:\n    case 2:\n      return "few";\n    default:\n      return "many";\n  }\n}',
  },
  noUnusedLocals: { broken: 'const spare = 1;\nexport {};', code: 6133, clean: 'export const spare = 1;' },
  noUnusedParameters: {
    broken: 'export const say = (name: string): string => "";',
    code: 6133,
    clean: 'export const say = (_name: string): string => "";',
  },
};

const plants: Sources = {
  ...Object.fromEntries(
    Object.entries(host).flatMap(([name, use]) =>
      ['domain', 'application'].map((room) => [`src/${room}/host-${name}.ts`, `${use}\nexport {};\n`]),
    ),
  ),
  'src/domain/host-module.ts': "import { randomUUID } from 'node:crypto';\nexport const id = randomUUID();\n",
  'src/application/host-module.ts': "import { randomUUID } from 'node:crypto';\nexport const id = randomUUID();\n",
  'src/domain/pure.ts': pure,
  ...Object.fromEntries(
    Object.entries(flags).flatMap(([flag, { broken, clean }]) => [
      [`test/flags/${flag}-broken.ts`, broken],
      [`test/flags/${flag}-clean.ts`, clean],
    ]),
  ),
};

let tree: PlantedTree;
let ofDomain: ReadonlyMap<string, readonly ts.Diagnostic[]>;
let ofHouse: ReadonlyMap<string, readonly ts.Diagnostic[]>;

/** What the compiler says of each file of one project, by path from the tree's root. */
function compile(project: string): ReadonlyMap<string, readonly ts.Diagnostic[]> {
  const fileHost: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new SyntaxError(ts.flattenDiagnosticMessageText(messageText, '\n'));
    },
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(join(tree.root, project), {}, fileHost);
  const program = ts.createProgram(parsed?.fileNames ?? [], parsed?.options ?? {});
  expect([...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()]).toEqual([]);
  return new Map(
    (parsed?.fileNames ?? []).map((name) => {
      const file = program.getSourceFile(name);
      return [
        relative(tree.root, name).replaceAll(sep, '/'),
        [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)],
      ];
    }),
  );
}

beforeAll(async () => {
  tree = await growTree(['src/domain/tsconfig.json']);
  await tree.write(plants);
  ofDomain = compile('src/domain/tsconfig.json');
  ofHouse = compile('tsconfig.json');
});
afterAll(() => tree.fell());

const said = (diagnostics: readonly ts.Diagnostic[] | undefined): string[] | undefined =>
  diagnostics?.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));

describe('the domain is compiled without a host', () => {
  test.each(Object.keys(host))('it does not know %s, the rest of the house does', (name) => {
    expect(said(ofDomain.get(`src/domain/host-${name}.ts`))).toEqual([
      expect.stringContaining(`Cannot find name '${name}'`),
    ]);
    expect(said(ofHouse.get(`src/application/host-${name}.ts`))).toEqual([]);
  });

  test('it finds no module of Node, the rest of the house does', () => {
    expect(said(ofDomain.get('src/domain/host-module.ts'))).toEqual([expect.stringContaining("'node:crypto'")]);
    expect(said(ofHouse.get('src/application/host-module.ts'))).toEqual([]);
  });

  test('it knows the language: dates, maps and local time in a named zone', () => {
    expect(said(ofDomain.get('src/domain/pure.ts'))).toEqual([]);
  });
});

describe('the compiler holds the whole house to', () => {
  test.each(Object.entries(flags))('%s', (flag, { code }) => {
    expect(ofHouse.get(`test/flags/${flag}-broken.ts`)?.map((diagnostic) => diagnostic.code)).toContain(code);
    expect(said(ofHouse.get(`test/flags/${flag}-clean.ts`))).toEqual([]);
  });
});
