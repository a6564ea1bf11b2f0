import { plant, typePlant, type RuleProof } from './dependency-proof.ts';

/** Who may know whom inside src. */
export const layers: Readonly<Record<string, RuleProof>> = {
  'domain-knows-only-itself': {
    broken: [
      plant('src/domain/decide.ts', '../telemetry/log.ts'),
      typePlant('src/domain/decide.ts', '../application/errors.ts'),
    ],
    clean: [plant('src/domain/decide.ts', './values.ts')],
  },
  'views-knows-only-domain': {
    broken: [plant('src/views/ticket-card.ts', '../telemetry/log.ts')],
    clean: [plant('src/views/ticket-card.ts', '../domain/values.ts')],
  },
  'application-knows-only-domain-telemetry': {
    broken: [
      plant('src/application/run-command.ts', '../views/expand.ts'),
      plant('src/application/run-command.ts', '../store/blob/files.ts'),
    ],
    clean: [plant('src/application/run-command.ts', '../telemetry/log.ts')],
  },
  'inbound-knows-only-application-domain-views-telemetry': {
    broken: [
      plant('src/inbound/teams/bot.ts', '../../store/blob/files.ts'),
      plant('src/inbound/teams/bot.ts', '../../outbound/teams/cards.ts'),
    ],
    clean: [
      plant(
        'src/inbound/teams/bot.ts',
        '../../views/ticket-card.ts',
        '../../application/errors.ts',
        '../../telemetry/log.ts',
      ),
    ],
  },
  'store-knows-only-application-domain-telemetry': {
    broken: [plant('src/store/ticket-documents.ts', '../views/ticket-card.ts')],
    clean: [plant('src/store/ticket-documents.ts', '../domain/values.ts', '../telemetry/log.ts')],
  },
  'outbound-knows-only-application-domain-views-telemetry': {
    broken: [plant('src/outbound/teams/cards.ts', '../../store/blob/files.ts')],
    clean: [plant('src/outbound/teams/cards.ts', '../../domain/ticket.ts', '../../telemetry/log.ts')],
  },
  'telemetry-knows-only-itself': {
    broken: [plant('src/telemetry/log.ts', '../domain/values.ts')],
    clean: [plant('src/telemetry/log.ts', './redact.ts', 'pino')],
  },
  'edges-see-only-ports-and-errors': {
    broken: [
      plant('src/outbound/teams/cards.ts', '../../application/run-command.ts'),
      plant('src/store/blob/files.ts', '../../application/run-command.ts'),
    ],
    clean: [plant('src/outbound/teams/cards.ts', '../../application/ports/mailbox.ts', '../../application/errors.ts')],
  },
  'inbound-speaks-commands-not-rules': {
    broken: [plant('src/inbound/teams/bot.ts', '../../domain/decide.ts')],
    clean: [
      plant(
        'src/inbound/teams/bot.ts',
        ...['values', 'commands', 'arrival', 'refusals'].map((name) => `../../domain/${name}.ts`),
      ),
    ],
  },
  'edges-are-strangers': {
    broken: [
      plant('src/inbound/teams/bot.ts', '../graph/webhook.ts'),
      plant('src/outbound/teams/cards.ts', '../graph/mime.ts'),
      plant('src/store/sqlite/documents.ts', '../cosmos/documents.ts'),
    ],
    clean: [
      plant('src/inbound/teams/bot.ts', '../http/server.ts'),
      plant('src/outbound/graph/mailbox.ts', './mime.ts'),
    ],
  },
  'customer-sees-one-voice': {
    broken: [
      plant('src/views/customer-mail.ts', '../domain/envelope.ts'),
      typePlant('src/views/customer-mail.ts', '../domain/ticket.ts'),
      plant('src/domain/customer-view.ts', './envelope.ts'),
      plant('src/outbound/hubspot/crm.ts', '../../views/ticket-card.ts'),
      plant('src/application/ports/mailbox.ts', '../../domain/commands.ts'),
    ],
    clean: [
      plant('src/views/customer-mail.ts', '../domain/customer-view.ts', '../domain/values.ts'),
      plant('src/outbound/graph/mime.ts', '../../domain/arrival.ts'),
    ],
  },
  'internal-mail-stays-inside': {
    broken: [
      plant('src/views/customer-mail.ts', './internal-mail.ts'),
      plant('src/outbound/graph/mail-sender.ts', '../../views/internal-mail.ts'),
    ],
    clean: [
      plant('src/outbound/graph/internal-mail-sender.ts', '../../views/internal-mail.ts', '../../domain/values.ts'),
    ],
  },
  'pure-core-has-no-packages': {
    broken: [
      plant('src/domain/decide.ts', 'node:crypto'),
      typePlant('src/domain/decide.ts', 'zod'),
      plant('src/application/run-command.ts', 'pino'),
      typePlant('src/views/ticket-card.ts', 'adaptivecards'),
      plant('src/views/expand.ts', 'node:fs'),
    ],
    clean: [
      plant('src/views/expand.ts', 'adaptivecards-templating', 'adaptive-expressions'),
      plant('src/telemetry/log.ts', 'node:crypto'),
    ],
  },
  'only-compose-builds': {
    broken: [
      plant('src/inbound/teams/bot.ts', '../../config.ts'),
      plant('src/inbound/teams/bot.ts', '../../local/tenant.ts'),
    ],
    alsoBreaks: ['inbound-knows-only-application-domain-views-telemetry'],
    clean: [
      plant('src/compose.ts', './config.ts', './store/blob/files.ts'),
      plant('src/local/tenant.ts', '../compose.ts', '../store/blob/files.ts'),
    ],
  },
  'compose-never-imports-local': {
    broken: [plant('src/compose.ts', './local/tenant.ts'), plant('src/index.ts', './local/tenant.ts')],
    clean: [plant('src/local/tenant.ts', '../config.ts')],
  },
};
