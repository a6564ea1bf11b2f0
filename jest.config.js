import { existsSync } from 'node:fs';

/**
 * Levels of test are in the file's name: *.test.ts fast · *.int.test.ts real servers on loopback · *.e2e.test.ts a real browser.
 * Without a browser the last level is left out with one line; where CI=true that is a failure.
 */
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = existsSync(chromium);
if (!browser) {
  const what = `no Chromium at ${chromium}: install it (apt-get install chromium) or set CHROMIUM; the e2e tests are left out`;
  if (process.env.CI === 'true') throw new Error(what);
  console.log(what);
}

const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022', experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
      },
    ],
  },
};
const level = (name, testMatch, ignored) => ({
  ...common,
  displayName: name,
  testMatch: [`<rootDir>/test/**/*${testMatch}`],
  testPathIgnorePatterns: ['/node_modules/', ...ignored],
});

export default {
  maxWorkers: 2,
  testTimeout: 120_000,
  projects: [
    level('unit', '.test.ts', ['\\.int\\.test\\.ts$', '\\.e2e\\.test\\.ts$']),
    level('int', '.int.test.ts', []),
    ...(browser ? [level('e2e', '.e2e.test.ts', [])] : []),
  ],
};
