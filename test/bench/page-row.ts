import path from 'node:path';
import { teamId } from '../../src/domain/values.ts';
import { systemClock } from '../../src/outbound/machine.ts';
import { openStores } from '../../src/stores.ts';
import { deskWith } from './million.ts';
import { median, type Row } from './measure.ts';

const short = (count: number): string => (count >= 1_000_000 ? `${count / 1_000_000} M` : `${count / 1_000} k`);

/** Milliseconds for a page of 50 of the queue, each a page further on. */
const pages = async (folder: string, count: number): Promise<number> => {
  const stores = await openStores({ folder, clock: systemClock });
  const times: number[] = [];
  let continuation: string | undefined;
  for (let n = 0; n < count; n += 1) {
    const started = performance.now();
    const page = await stores.queues.page(
      { team: teamId('service-desk') },
      { bucket: 'waiting', limit: 50, ...(continuation === undefined ? {} : { continuation }) },
    );
    times.push(performance.now() - started);
    if (page.entries.length !== 50) throw new TypeError(`a page of ${page.entries.length}`);
    continuation = page.continuation;
  }
  await stores.close();
  return median(times);
};

export const pageRow = async (root: string, large: number): Promise<Row> => {
  const small = 10_000;
  const few = await deskWith(path.join(root, `desk-${small}`), small);
  const many = await deskWith(path.join(root, `desk-${large}`), large);
  const pairs: { desk: number; base: number }[] = [];
  for (let round = 0; round < 5; round += 1) pairs.push({ base: await pages(few, 100), desk: await pages(many, 100) });
  return {
    what: `queue: page of 50 at ${short(large)} tickets`,
    desk: median(pairs.map(({ desk }) => desk)),
    base: median(pairs.map(({ base }) => base)),
    ratio: median(pairs.map(({ desk, base }) => desk / base)),
    baseName: `page of 50 at ${short(small)}`,
    goal: '≤ 1.5',
    unit: 'ms',
  };
};
