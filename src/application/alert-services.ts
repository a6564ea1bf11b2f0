import type { Desk } from '../domain/policy.ts';
import type { Instant } from '../domain/values.ts';
import { type AlertDesk, alertDesk, type AlertDeskParts } from './alert-desk.ts';
import { type DigestParts, digestClock, digestOf } from './digest-clock.ts';
import { loop, type Loop } from './loop.ts';
import { type MatrixParts, type MatrixService, matrixService } from './matrix-service.ts';
import type { Log } from './ports/log.ts';

export interface AlertServiceParts
  extends Omit<AlertDeskParts, 'desk'>, Omit<DigestParts, 'desk' | 'timers' | 'alerts'>, Omit<MatrixParts, 'redraw'> {
  readonly log: Log;
  /** The rest of the desk: the rules of alerts are added here. */
  readonly rules: Omit<Desk, 'matrix'>;
}

/** The matrix at work: its rules, who is told, and what of it happens by the clock beside the tickets. */
export interface AlertServices {
  readonly desk: Desk;
  readonly alertDesk: AlertDesk;
  readonly matrix: MatrixService;
  /** Learns of rules that another process changed. */
  readonly learning: Loop;
  /** At the start of a desk. */
  start(): Promise<void>;
  /** What a timer wakes for, and when to look again; undefined for a timer of somebody else's. */
  fire(subject: string): ((now: Instant) => Promise<Instant | undefined>) | undefined;
}

const LEARN_EVERY_MS = 20_000;
const VERSION = /^matrix:(\d{1,8})$/u;

export const alertServices = (parts: AlertServiceParts): AlertServices => {
  const matrix = matrixService({ ...parts, redraw: (id, rev) => telling.redraw(id, rev) });
  const desk: Desk = { ...parts.rules, matrix: (at) => matrix.at(at) };
  const telling = alertDesk({ ...parts, desk });
  const digests = digestClock({ ...parts, desk });
  return {
    desk,
    alertDesk: telling,
    matrix,
    learning: loop({
      name: 'matrix',
      pauseMs: LEARN_EVERY_MS,
      clock: parts.clock,
      log: parts.log,
      round: async () => {
        await matrix.refresh();
        return false;
      },
    }),
    start: async () => {
      await matrix.load();
      await digests.start();
    },
    fire: (subject) => {
      const version = VERSION.exec(subject)?.[1];
      if (version !== undefined) return (now) => matrix.retime(Number(version), now);
      const person = digestOf(subject);
      return person === undefined ? undefined : (now) => digests.fire(person, now);
    },
  };
};
