import type { StoreError } from '../../application/errors.ts';

/** Messages are flat arrays of strings and numbers: cloning these costs a fraction of cloning documents. */
export type Arg = string | number | null;
export type Request = [id: number, kind: 'read' | 'write', ...args: Arg[]];
export type Reply = [id: number, value: Arg[]] | [id: number, value: null, fault: StoreError['kind'], message: string];
/** The first message of a worker: what it has to say about what it opened, or why it could not. */
export type Opened = { greeting: Arg[] } | { fault: StoreError['kind']; message: string };

export const argsOf = (request: Request): Arg[] => request.slice(2) as Arg[];

export const faultReply = ([id]: Request, fault: StoreError): Reply => [id, null, fault.kind, fault.message];
