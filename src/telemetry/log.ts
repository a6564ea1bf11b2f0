import { pino, type DestinationStream } from 'pino';

/** Fields that may hold a customer's words or a secret never leave: whoever logs them by mistake logs "[hidden]". */
const HIDDEN = [
  'text',
  'subject',
  'body',
  'address',
  'mail',
  'token',
  'secret',
  'password',
  'authorization',
  'clientSecret',
];

export interface DeskLog {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** JSON lines on standard output; `event` is a fixed word to search for. */
export const deskLog = (options: { level: string; destination?: DestinationStream }): DeskLog => {
  const logger = pino(
    {
      level: options.level,
      base: null,
      redact: { paths: [...HIDDEN, ...HIDDEN.map((field) => `*.${field}`)], censor: '[hidden]' },
    },
    options.destination ?? pino.destination({ sync: false }),
  );
  return {
    info: (event, fields = {}) => {
      logger.info({ ...fields, event });
    },
    warn: (event, fields = {}) => {
      logger.warn({ ...fields, event });
    },
    error: (event, fields = {}) => {
      logger.error({ ...fields, event });
    },
  };
};
