import { afterEach, beforeEach, describe } from '@jest/globals';
import type { CommitResult, ContainerDef, Doc, DocumentStore } from '../../src/application/ports/document-store.ts';
import { changeFeedContract } from './document-store-feed.ts';
import { queryContract } from './document-store-queries.ts';
import { writeContract } from './document-store-writes.ts';

/** An empty database with the given containers and a clock that only `advance` moves. */
export interface ContractStore {
  store: DocumentStore;
  advance(seconds: number): void | Promise<void>;
  end(): Promise<void>;
}

export type OpenContractStore = (containers: ContainerDef[]) => Promise<ContractStore>;

/** The containers of the contract: work lists of a team, and a second room to prove that rooms are apart. */
export const contractContainers: ContainerDef[] = [
  {
    name: 'queues',
    indexes: [
      { name: 'due', equality: ['state'], sort: [{ field: 'due', dir: 'asc' }] },
      {
        name: 'priority',
        equality: ['list'],
        sort: [
          { field: 'priority', dir: 'desc' },
          { field: 'since', dir: 'asc' },
        ],
      },
      { name: 'score', equality: [], sort: [{ field: 'score', dir: 'desc' }] },
      { name: 'everything', equality: [], sort: [] },
    ],
  },
  { name: 'mail', indexes: [] },
];

/** What every test of the contract holds in its hands; renewed before each one. */
export interface Hands {
  store: DocumentStore;
  advance: ContractStore['advance'];
  create(pk: string, ...docs: Doc[]): Promise<string[]>;
}

export const etagsOf = (result: CommitResult): string[] => {
  if (!result.ok) throw new TypeError(`operation ${result.index} failed: ${result.reason}`);
  return result.etags.map((etag) => etag ?? 'deleted');
};

export const documentStoreContract = (name: string, open: OpenContractStore): void => {
  describe(`document store: ${name}`, () => {
    const hands = {} as Hands;
    let opened: ContractStore;
    beforeEach(async () => {
      opened = await open(contractContainers);
      const { store } = opened;
      const create: Hands['create'] = async (pk, ...docs) =>
        etagsOf(
          await store.commit(
            'queues',
            pk,
            docs.map((doc) => ({ op: 'create' as const, doc })),
          ),
        );
      Object.assign(hands, { store, create, advance: (seconds: number) => opened.advance(seconds) });
    });
    afterEach(() => opened.end());
    writeContract(hands);
    queryContract(hands);
    changeFeedContract(hands);
  });
};
