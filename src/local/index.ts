import { createServer } from 'node:http';
import path from 'node:path';
import { ConfigError } from '../application/errors.ts';
import { freePort } from './ports.ts';
import { ProductError } from './product-process.ts';
import { startPages } from './start-page/start-page.ts';
import { type LocalTenant, openTenant } from './tenant.ts';

const wanted = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

const refuseProduction = (): void => {
  if (process.env.NODE_ENV !== 'production' && process.env.DESK_ENV !== 'production') return;
  throw new ProductError(
    'This is the demo tenant and never production. Run `npm run start:product` with the settings of env/.env.production.example.',
  );
};

const open = (): Promise<LocalTenant> => {
  const root = path.resolve(import.meta.dirname, '../..');
  return openTenant({
    root,
    folder: path.resolve(root, process.env.DESK_LOCAL ?? '.local'),
    ports: {
      product: wanted('PORT', 3978),
      mirror: wanted('MIRROR_PORT', 3979),
      smtp: wanted('SMTP_PORT', 2525),
      graph: wanted('GRAPH_PORT', 3981),
    },
    seed: true,
    say: (line) => {
      console.log(line);
    },
  });
};

/** Serves the start page; resolves with its port. */
const serve = async (tenant: LocalTenant): Promise<number> => {
  const pages = startPages(tenant);
  const server = createServer((request, response) => {
    pages(request, response).catch((fault: unknown) => {
      console.error('start page:', fault);
      response.destroy();
    });
  });
  const port = await freePort(wanted('START_PORT', 3980));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return port;
};

/**
 * `npm start`: a whole tenant on one machine, for newcomers and tests. Everything listens on the loopback address only; it
 * refuses to start as production. One URL is printed; Ctrl-C ends all of it, also while it starts.
 */
const main = async (): Promise<void> => {
  refuseProduction();
  const opening = open();
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    console.log('\nstopping …');
    const closed = opening.then(
      (tenant) => tenant.stop(),
      () => undefined,
    );
    void Promise.allSettled([closed]).then(([{ status }]) => process.exit(status === 'fulfilled' ? 0 : 1));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const tenant = await opening.catch((fault: unknown) => {
    if (!stopping) throw fault;
  });
  if (!tenant) return;
  const port = await serve(tenant);
  if (!stopping) console.log(`\nready: open http://127.0.0.1:${port}/  (Ctrl-C ends it)\n`);
};

try {
  await main();
} catch (fault) {
  console.error(fault instanceof ConfigError || fault instanceof ProductError ? fault.message : fault);
  process.exit(1);
}
