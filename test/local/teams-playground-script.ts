import { startPlayground } from '../../src/local/teams/playground.ts';
import { ana, people, tenant } from './teams-tenant.ts';

/** Starts a Playground in the folder named on the command line, says where, and waits to be killed. */
const [, , folder = ''] = process.argv;
const botEndpoint = 'http://127.0.0.1:9/api/messages';
const { url } = await startPlayground({ person: ana, people, tenant, botEndpoint, folder });
console.log(url);
setInterval(() => undefined, 1_000);
