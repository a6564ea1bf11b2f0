import os from 'node:os';

/** Where a person finds this process: the machine's name and the process id. */
export const processName = `${os.hostname()}:${process.pid}`;

/** Milliseconds of a clock that nobody sets; only differences mean something. */
export const uptime = (): number => performance.now();
