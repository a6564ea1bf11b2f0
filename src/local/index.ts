import { createServer } from 'node:http';
import path from 'node:path';
import { ConfigError } from '../application/errors.ts';
import { freePort } from './ports.ts';
import { ProductError } from './product-process.ts';
import { startPages } from './start-page/start-page.ts';
import { openTenant } from './tenant.ts';

/**
 * `npm start`: a whole tenant on one machine, for newcomers and tests. Everything listens on the loopback address only; it
 * refuses to start as production. One URL is printed; Ctrl-C ends all of it.
 */
const main = async (): Promise<void> => {
  if (process.env.NODE_ENV === 'production' || process.env.DESK_ENV === 'production') {
    throw new ProductError(
      'This is the demo tenant and never production. Run `npm run start:product` with the settings of env/.env.production.example.',
    );
  }
  const root = path.resolve(import.meta.dirname, '../..');
  const wanted = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
  const tenant = await openTenant({
    root,
    folder: path.resolve(root, process.env.DESK_LOCAL ?? '.local'),
    ports: { product: wanted('PORT', 3978), mirror: wanted('MIRROR_PORT', 3979), smtp: wanted('SMTP_PORT', 2525) },
    seed: true,
    say: (line) => {
      console.log(line);
    },
  });
  const pages = startPages(tenant);
  const server = createServer((request, response) => {
    pages(request, response).catch((fault: unknown) => {
      console.error('start page:', fault);
      response.statusCode = 500;
      response.end();
    });
  });
  const port = await freePort(wanted('START_PORT', 3980));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  console.log(`\nready: open http://127.0.0.1:${port}/  (Ctrl-C ends it)\n`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    console.log('\nstopping …');
    server.close();
    server.closeAllConnections();
    void tenant.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

try {
  await main();
} catch (fault) {
  console.error(fault instanceof ConfigError || fault instanceof ProductError ? fault.message : fault);
  process.exitCode = 1;
}
