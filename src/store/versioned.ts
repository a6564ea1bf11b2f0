import { StoreError } from '../application/errors.ts';
import type { Doc, Stored } from '../application/ports/document-store.ts';

/** The version of every document this release writes. Older ones are lifted on reading, newer ones refused. */
const VERSION = 1;

export const versioned = <Fields extends object>(id: string, fields: Fields): Doc => ({ id, v: VERSION, ...fields });

/** The document's fields as their writer meant them; documents are only ever written by this folder. */
export const fieldsOf = <Fields extends object>(stored: Stored): Fields => {
  const { v } = stored.doc;
  if (typeof v !== 'number' || v > VERSION) {
    throw new StoreError(
      'newerVersion',
      `Document ${stored.doc.id} was written by a newer release (version ${String(v)}): update this one before it writes.`,
    );
  }
  return stored.doc as Doc & Fields;
};
