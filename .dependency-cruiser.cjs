/**
 * The dependency rules of docs/architecture.md. Each rule is proven by a planted violation in test/boundaries.
 * A comment says what to do instead.
 */
const layer = (from, allowed) => ({
  name: `${from}-knows-only-${allowed.join('-') || 'itself'}`,
  comment: `src/${from} may import only ${[from, ...allowed].join(', ')}: move the rule inwards or pass the value in.`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [`^src/(${[from, ...allowed].join('|')})/`] },
});

const onlyIn = (name, packages, rooms, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: rooms },
  to: { path: packages },
});

const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

/** The one package of the pure core; templating-only-in-expand keeps it in its file. */
const templating = npm('adaptivecards-templating', 'adaptive-expressions');

module.exports = {
  forbidden: [
    layer('domain', []),
    layer('views', ['domain']),
    layer('application', ['domain', 'telemetry']),
    layer('inbound', ['application', 'domain', 'views', 'telemetry']),
    layer('store', ['application', 'domain', 'telemetry']),
    layer('outbound', ['application', 'domain', 'views', 'telemetry']),
    layer('telemetry', []),
    {
      name: 'edges-see-only-ports-and-errors',
      comment: 'store and outbound implement ports; they never call a use case.',
      severity: 'error',
      from: { path: '^src/(store|outbound)/' },
      to: { path: '^src/application/', pathNot: ['^src/application/ports/', '^src/application/errors\\.ts$'] },
    },
    {
      name: 'inbound-speaks-commands-not-rules',
      comment: 'inbound translates into Command or Arrival; what it may do is decided in the domain.',
      severity: 'error',
      from: { path: '^src/inbound/' },
      to: { path: '^src/domain/', pathNot: ['^src/domain/(values|commands|arrival|refusals|roster)\\.ts$'] },
    },
    {
      name: 'edges-are-strangers',
      comment: 'one edge never imports another; inbound/http is the shared shell.',
      severity: 'error',
      from: { path: '^src/(inbound|outbound|store)/([^/]+)/' },
      to: { path: '^src/$1/[^/]+/', pathNot: ['^src/$1/$2/', '^src/inbound/http/'] },
    },
    {
      name: 'customer-sees-one-voice',
      comment: 'what a customer reads is made from customer-view and values; anything else of the domain could leak.',
      severity: 'error',
      from: { path: '^src/(views/customer-mail\\.ts|outbound/graph/|outbound/hubspot/)' },
      to: { path: '^src/domain/', pathNot: ['^src/domain/(customer-view|values|arrival|word-lists|roster)\\.ts$'], reachable: true },
    },
    {
      name: 'internal-mail-stays-inside',
      comment: 'what writes to customers never reaches the words of a mail to colleagues.',
      severity: 'error',
      from: { path: '^src/(views/customer-mail|outbound/graph/mail-sender)\\.ts$' },
      to: { path: '^src/views/(internal-mail|words/internal-mail-words)\\.ts$', reachable: true },
    },
    {
      name: 'pure-core-has-no-packages',
      comment: 'domain, application and views import no package and no node: module; take a port.',
      severity: 'error',
      from: { path: '^src/(domain|application|views)/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
        pathNot: templating,
      },
    },
    onlyIn(
      'teams-sdk-only-in-its-edge',
      npm('botbuilder[^/]*', 'botframework-[^/]+', '@microsoft/teams-ai'),
      ['^src/(inbound|outbound)/teams/'],
      'the Bot Framework SDK is in its last life: its successor must cost two folders.',
    ),
    onlyIn('restify-only-in-its-edge', npm('restify', '@types/restify'), ['^src/inbound/http/'], 'routes are registered through inbound/http.'),
    onlyIn('cosmos-sdk-only-in-its-edge', npm('@azure/cosmos'), ['^src/store/cosmos/'], 'the store speaks through port DocumentStore.'),
    onlyIn('sqlite-only-in-its-edge', '^(node:)?sqlite$', ['^src/store/sqlite/'], 'the store speaks through port DocumentStore.'),
    onlyIn('graph-sdk-only-in-its-edge', npm('@microsoft/microsoft-graph-client'), ['^src/outbound/graph/'], 'mail goes through port Mailbox.'),
    onlyIn(
      'azure-identity-only-in-its-edges',
      npm('@azure/identity'),
      ['^src/(outbound/graph|store/cosmos|store/blob)/'],
      'credentials are made where they are used.',
    ),
    onlyIn('templating-only-in-expand', templating, ['^src/views/expand\\.ts$'], 'cards are expanded in one place.'),
    onlyIn('mailparser-only-behind-its-interface', npm('mailparser'), ['^src/outbound/graph/mime\\.ts$', '^src/local/'], 'MIME is read behind one interface.'),
    {
      name: 'only-compose-builds',
      comment: 'concrete parts are built in compose.ts (and in local/); take a port instead.',
      severity: 'error',
      from: { path: '^src/(domain|application|views|inbound|store|outbound|telemetry)/' },
      to: { path: '^src/(compose|core|edges|stores|index|config|desk-advice|desk-alert-faults|desk-alerts|desk-calendars|desk-config|desk-file|desk-holidays|desk-objects)\\.ts$|^src/local/' },
    },
    {
      name: 'compose-never-imports-local',
      comment: 'the local tenant is a tool for newcomers and tests, never a part of the product.',
      severity: 'error',
      from: { path: '^src/(compose|core|edges|stores|index|config|desk-advice|desk-alert-faults|desk-alerts|desk-calendars|desk-config|desk-file|desk-holidays|desk-objects)\\.ts$' },
      to: { path: '^src/local/' },
    },
    {
      name: 'no-barrels',
      comment: 'import the file that holds the concept.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/.+/index\\.ts$' },
    },
    { name: 'no-circular', comment: 'find the third concept both need.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-test-in-src',
      comment: 'the product must not need the tests.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-dev-dependency-in-src',
      comment: 'a production image leaves development packages out; only local/ and workspace/ may use them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(local|workspace)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'], pathNot: 'node_modules/@types/' },
    },
    { name: 'not-to-unresolvable', comment: 'the file or package does not exist.', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dead-file',
      comment: 'nothing reaches this file from an entry: wire it or remove it.',
      severity: 'error',
      from: { path: '^src/(index|local/(index|check-config|(dry-run|replay)/main)|workspace/main)\\.ts$|worker\\.ts$|preload\\.ts$' },
      to: {
        path: '^src/',
        pathNot: ['^src/(index|local/(index|check-config|(dry-run|replay)/main)|workspace/main)\\.ts$|worker\\.ts$|preload\\.ts$', '\\.(json|html)$'],
        reachable: false,
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
