import { ConfigError, StoreError } from './application/errors.ts';
import { startDesk } from './compose.ts';
import { readSettings } from './config.ts';
import { readDeskConfig } from './desk-config.ts';
import { systemClock } from './outbound/machine.ts';
import { movableClock } from './outbound/movable-clock.ts';
import { deskLog } from './telemetry/log.ts';

/** Starts the product process and stops it cleanly. Faults of the settings and a taken store end it with words, not a stack. */
const main = async (): Promise<void> => {
  const settings = readSettings();
  const config = readDeskConfig(settings.deskFile);
  const log = deskLog({ level: settings.logLevel });
  for (const advice of config.advice) log.warn('configuration-advice', { advice });
  const clock = settings.clockFile === undefined ? systemClock : movableClock(settings.clockFile);
  const desk = await startDesk({ settings, config, log, clock });
  log.info('ready', { port: desk.port, ms: Math.round(performance.now()) });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    log.info('stopping');
    desk.stop().then(
      () => process.exit(0),
      (fault: unknown) => {
        log.error('stop-failed', { message: String(fault) });
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

try {
  await main();
} catch (fault) {
  const said = fault instanceof ConfigError || (fault instanceof StoreError && fault.kind === 'locked');
  process.stderr.write(`${said ? fault.message : String(fault instanceof Error ? fault.stack : fault)}\n`);
  process.exitCode = 1;
}
