import { plant, typePlant, type RuleProof } from './dependency-proof.ts';
import { layers } from './layer-plants.ts';

const packages: Readonly<Record<string, RuleProof>> = {
  'teams-sdk-only-in-its-edge': {
    broken: ['botbuilder', 'botbuilder-core', 'botframework-connector', '@microsoft/teams-ai'].map((name) =>
      plant('src/inbound/http/server.ts', name),
    ),
    clean: [
      plant('src/inbound/teams/bot.ts', 'botbuilder', '@microsoft/teams-ai'),
      plant('src/outbound/teams/cards.ts', 'botbuilder'),
    ],
  },
  'restify-only-in-its-edge': {
    broken: [plant('src/inbound/teams/bot.ts', 'restify'), typePlant('src/inbound/teams/bot.ts', 'restify')],
    clean: [plant('src/inbound/http/server.ts', 'restify')],
  },
  'cosmos-sdk-only-in-its-edge': {
    broken: [plant('src/store/ticket-documents.ts', '@azure/cosmos')],
    clean: [plant('src/store/cosmos/documents.ts', '@azure/cosmos')],
  },
  'sqlite-only-in-its-edge': {
    broken: [plant('src/store/ticket-documents.ts', 'node:sqlite')],
    clean: [plant('src/store/sqlite/documents.ts', 'node:sqlite')],
  },
  'graph-sdk-only-in-its-edge': {
    broken: [plant('src/inbound/graph/webhook.ts', '@microsoft/microsoft-graph-client')],
    clean: [plant('src/outbound/graph/mailbox.ts', '@microsoft/microsoft-graph-client')],
  },
  'azure-identity-only-in-its-edges': {
    broken: [plant('src/compose.ts', '@azure/identity')],
    clean: ['outbound/graph/mailbox', 'store/cosmos/documents', 'store/blob/files'].map((file) =>
      plant(`src/${file}.ts`, '@azure/identity'),
    ),
  },
  'templating-only-in-expand': {
    broken: [
      plant('src/inbound/teams/bot.ts', 'adaptivecards-templating'),
      plant('src/outbound/teams/cards.ts', 'adaptive-expressions'),
    ],
    clean: [plant('src/views/expand.ts', 'adaptivecards-templating')],
  },
  'mailparser-only-behind-its-interface': {
    broken: [typePlant('src/outbound/graph/mailbox.ts', 'mailparser')],
    clean: [typePlant('src/outbound/graph/mime.ts', 'mailparser'), plant('src/local/tenant.ts', 'mailparser')],
  },
};

const hygiene: Readonly<Record<string, RuleProof>> = {
  'no-barrels': {
    broken: [
      {
        ...plant('src/application/run-command.ts', './ports/index.ts'),
        withFiles: { 'src/application/ports/index.ts': "export * from './mailbox.ts';\n" },
      },
    ],
    clean: [plant('src/application/run-command.ts', './ports/mailbox.ts')],
  },
  'no-circular': {
    broken: [plant('src/domain/envelope.ts', './ticket.ts'), typePlant('src/domain/envelope.ts', './ticket.ts')],
    clean: [plant('src/domain/envelope.ts', './values.ts')],
  },
  'no-test-in-src': {
    broken: [plant('src/application/run-command.ts', '../../test/support/desk.ts')],
    clean: [
      {
        ...plant('src/local/tenant.ts', './test/people.ts'),
        withFiles: { 'src/local/test/people.ts': 'export const people = 3;\n' },
      },
    ],
  },
  'no-dev-dependency-in-src': {
    broken: [plant('src/outbound/graph/mailbox.ts', 'nodemailer')],
    clean: [
      typePlant('src/outbound/graph/mailbox.ts', 'nodemailer'),
      plant('src/local/tenant.ts', 'nodemailer'),
      plant('src/workspace/main.ts', 'adaptivecards'),
      plant('src/outbound/graph/mailbox.ts', 'sanitize-html'),
    ],
  },
  'not-to-unresolvable': {
    broken: [plant('src/domain/decide.ts', './gone.ts'), plant('src/telemetry/log.ts', 'no-such-package')],
    clean: [plant('src/domain/decide.ts', './values.ts'), plant('src/telemetry/log.ts', 'pino')],
  },
  'no-dead-file': {
    broken: [{ path: 'src/application/forgotten.ts', source: 'export const forgotten = 1;\n' }],
    clean: [
      {
        ...plant('src/application/run-command.ts', './remembered.ts'),
        withFiles: { 'src/application/remembered.ts': 'export const kept = 1;\n' },
      },
      { path: 'src/local/mailbox-worker.ts', source: 'export const entry = 1;\n' },
      { path: 'src/local/fence-preload.ts', source: 'export const entry = 1;\n' },
      { path: 'src/local/check-config.ts', source: 'export const entry = 1;\n' },
    ],
  },
};

/** For each dependency rule, by its name, what proves that it fires and that it does not forbid everything. */
export const dependencyProofs: Readonly<Record<string, RuleProof>> = { ...layers, ...packages, ...hygiene };
