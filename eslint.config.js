import tseslint from 'typescript-eslint';
import { noTicketCopy } from './test/boundaries/no-ticket-copy.js';

/** The house's lint rules; each one is proven by a planted violation in test/boundaries. Messages name the right way. */
const thrown = {
  selector: "ThrowStatement > :matches(NewExpression, CallExpression)[callee.name='Error']",
  message: 'Name it: return refuse(code) in domain/, throw a named error (src/application/errors.ts) at an edge.',
};
const impure = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'new Date() reads the clock; time is data: take `at` from the command.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Date.now() reads the clock; time is data: take `at` from the command.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Chance is data: take it from the command.',
  },
  {
    selector: ':function[async=true]',
    message: 'No async function here: the domain decides at once; waiting belongs to application/.',
  },
  {
    selector: 'AwaitExpression',
    message: 'No await here: the domain decides at once; waiting belongs to application/.',
  },
  {
    selector:
      ":matches(AssignmentExpression[left.type='MemberExpression'], UpdateExpression[argument.type='MemberExpression'], UnaryExpression[operator='delete'])",
    message: 'Values are immutable here: return a new one from evolve().',
  },
  {
    selector: "ThrowStatement:not([argument.type='NewExpression'][argument.callee.name='OwnershipError'])",
    message: 'A refusal is a value: return refuse(code).',
  },
];
const environment = {
  selector:
    ":matches(MemberExpression[object.name='process'][property.name='env'], MemberExpression[object.name='process'][property.value='env'], " +
    "VariableDeclarator[id.type='ObjectPattern'][init.name='process'], ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name='env'])",
  message: 'Settings are read once, in src/config.ts, and handed down.',
};
const defaults = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export a name: it is searchable and stays the same everywhere.',
};

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '.local/', 'test-output/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin, house: { rules: { 'no-ticket-copy': noTicketCopy } } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: false }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/triple-slash-reference': ['error', { lib: 'never', path: 'never', types: 'never' }],
      'max-params': ['error', 3],
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', thrown, environment, defaults],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 200 }],
      'max-lines-per-function': ['error', { max: 40 }],
      'house/no-ticket-copy': 'error',
    },
  },
  { files: ['src/domain/evolve.ts', 'src/domain/ticket.ts'], rules: { 'house/no-ticket-copy': 'off' } },
  { files: ['src/domain/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...impure, environment, defaults] } },
  { files: ['src/config.ts', 'src/local/**/*.ts'], rules: { 'no-restricted-syntax': ['error', thrown, defaults] } },
  { files: ['src/local/**/*.ts', 'test/bench/**/*.ts', 'test/**/*-script.ts'], rules: { 'no-console': 'off' } },
  { files: ['test/**/*.ts'], rules: { 'max-lines-per-function': 'off', 'no-restricted-syntax': ['error', defaults] } },
);
