import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../application/errors.ts';
import { readDeskConfig } from '../desk-config.ts';
import { DeskFile } from '../desk-file.ts';

/** `npm run check-config`: every fault of the desk's file with what to do, and what the desk cannot do as it is configured. */
const file = process.argv.find((each) => each.endsWith('.json')) ?? process.env.DESK_CONFIG ?? 'config/desk.json';

if (process.argv.includes('--write-schema')) {
  writeFileSync('config/desk.schema.json', `${JSON.stringify(z.toJSONSchema(DeskFile, { io: 'input' }), null, 2)}\n`);
  console.log('config/desk.schema.json was written.');
} else {
  try {
    const { directory, advice } = readDeskConfig(file);
    console.log(`${file} is sound: ${directory.people().length} people, ${directory.teams().length} teams.`);
    for (const each of advice) console.log(`  - ${each}`);
  } catch (fault) {
    if (!(fault instanceof ConfigError)) throw fault;
    console.error(fault.message);
    process.exitCode = 1;
  }
}
