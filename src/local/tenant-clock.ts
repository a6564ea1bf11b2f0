import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The time of a demo tenant: the machine's, moved ahead by what its file says, so that a restart goes on from there. */
export interface TenantClock {
  /** For DESK_CLOCK_FILE. */
  readonly file: string;
  /** Milliseconds since 1970. */
  now(): number;
  readonly isMoved: () => boolean;
  move(by: { readonly minutes: number }): void;
  /** To the machine's time. */
  reset(): void;
}

export const tenantClock = (folder: string): TenantClock => {
  const file = path.join(folder, 'clock');
  let offset = existsSync(file) ? Number(readFileSync(file, 'utf8')) || 0 : 0;
  const set = (milliseconds: number): void => {
    writeFileSync(`${file}.new`, String(milliseconds));
    renameSync(`${file}.new`, file);
    offset = milliseconds;
  };
  return {
    file,
    now: () => Date.now() + offset,
    isMoved: () => offset !== 0,
    move: ({ minutes }) => set(offset + minutes * 60_000),
    reset: () => set(0),
  };
};
