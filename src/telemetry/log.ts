import { pino, type DestinationStream } from 'pino';
import { redacted } from './redact.ts';

export interface DeskLog {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

/**
 * JSON lines on standard output; `event` is a fixed word to search for. Whoever logs a customer's words or a secret by mistake
 * logs "[hidden]".
 */
export const deskLog = (options: { level: string; destination?: DestinationStream }): DeskLog => {
  const logger = pino({ level: options.level, base: null }, options.destination ?? pino.destination({ sync: false }));
  const line =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      if (logger.isLevelEnabled(level)) logger[level]({ ...redacted(fields), event });
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
};
