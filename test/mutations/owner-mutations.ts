import type { Mutation } from './mutation.ts';

const GUARD = 'src/store/owner-guard.ts';
const guard = (name: string): Mutation['test'] => ({ file: 'test/store/owner-guard.test.ts', name });

const sealedOwner: readonly Omit<Mutation, 'behaviour'>[] = [
  {
    name: 'moves an owned ticket on the word of one person alone',
    file: GUARD,
    find: '      confirmer !== proposer &&\n',
    replace: '',
    test: guard('who proposed it confirms it'),
  },
  {
    name: 'lets the owner confirm that their ticket goes',
    file: GUARD,
    find: ' &&\n      confirmer !== from\n',
    replace: '\n',
    test: guard('the owner confirms it'),
  },
  {
    name: 'moves an owned ticket for any reason',
    file: GUARD,
    find: '      EXCEPTIONAL.includes(event.reason) &&\n',
    replace: '',
    test: guard('for another reason'),
  },
  {
    name: 'moves an owned ticket that belongs to somebody else by then',
    file: GUARD,
    find: '      event.from?.id === from &&\n',
    replace: '',
    test: guard('from somebody else'),
  },
  {
    name: 'gives a ticket an owner who has not accepted',
    file: GUARD,
    find: "event.type === 'TicketAccepted' && owner !== undefined && personIn(event) === owner",
    replace: "event.type === 'TicketAccepted' && owner !== undefined",
    test: guard('who accepts in somebody else’s name'),
  },
  {
    name: 'lets a ticket be overwritten or deleted',
    file: GUARD,
    find: "  if (op.op === 'upsert' || op.op === 'delete')\n",
    replace: '  if (op.op === `delete` && op.ifMatch === `never`)\n',
    test: guard('cannot overwrite or delete a ticket'),
  },
];

export const ownerMutations: readonly Mutation[] = sealedOwner.map((each) => ({
  ...each,
  behaviour: '1.7 sealed owner',
}));
