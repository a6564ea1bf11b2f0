import { openSqliteStore } from '../../../src/store/sqlite/document-store.ts';
import { documentStoreContract } from '../../contracts/document-store.ts';
import { temporaryFolder } from './sqlite-folder.ts';

documentStoreContract('SQLite', async (containers) => {
  const { folder, remove } = await temporaryFolder();
  let now = Date.parse('2026-01-05T09:00:00Z');
  const store = await openSqliteStore({ folder, containers, now: () => now });
  return {
    store,
    advance: (seconds) => {
      now += seconds * 1000;
    },
    end: async () => {
      await store.close();
      await remove();
    },
  };
});
