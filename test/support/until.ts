import { setTimeout as pause } from 'node:timers/promises';

/** Asks until it is so: for what has no event to wait on. */
export const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`it never came to this: ${String(isSo)}`);
    await pause(50);
  }
};
