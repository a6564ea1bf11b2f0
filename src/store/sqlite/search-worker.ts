import { join } from 'node:path';
import type { SQLOutputValue } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { addedWords, entryColumns, placeOf, placesPerMs } from './search-words.ts';
import { openSearchDatabase } from './search-schema.ts';
import { statements, type Prepared } from './statements.ts';
import { serve, type Served } from './worker-loop.ts';
import type { Arg } from './worker-messages.ts';

const columns = entryColumns.join(', ');

/** A free row number of the moment; when a bulk load gives one millisecond to thousands, they take the next ones too. */
const freePlace = (prepared: Prepared, changedAt: string): number => {
  const last = prepared('SELECT max(place) AS last FROM entries WHERE place >= ? AND place < ?');
  for (let first = placeOf(changedAt); ; first += placesPerMs) {
    const taken = last.get(first, first + placesPerMs)?.['last'] ?? null;
    if (taken === null) return first;
    if (Number(taken) + 1 < first + placesPerMs) return Number(taken) + 1;
  }
};

/** @returns what the ticket's words were; undefined when the entry is older than what is kept. */
const takeOut = (prepared: Prepared, ticketId: Arg, rev: number): string | undefined => {
  const old = prepared('SELECT place, number, subject, text, rev FROM entries WHERE ticketId = ?').get(ticketId);
  if (!old) return '';
  if (Number(old['rev']) > rev) return undefined;
  const [place, number, subject, text] = [
    Number(old['place']),
    String(old['number']),
    String(old['subject']),
    String(old['text']),
  ];
  const forget = "INSERT INTO words (words, rowid, number, subject, text) VALUES ('delete', ?, ?, ?, ?)";
  prepared(forget).run(place, number, subject, text);
  prepared('DELETE FROM entries WHERE place = ?').run(place);
  return text;
};

const indexer =
  (prepared: Prepared): Served['write'] =>
  ([ticketId = '', number = '', teamId = '', status = '', subject = '', text = '', rev = 0, changedAt = '']) => {
    const known = takeOut(prepared, ticketId, Number(rev));
    if (known === undefined) return [];
    const place = freePlace(prepared, String(changedAt));
    const words = addedWords(known, String(text));
    prepared(`INSERT INTO entries (place, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
      ...[place, ticketId, number, teamId, status, subject, words, rev, changedAt],
    );
    const learn = 'INSERT INTO words (rowid, number, subject, text) VALUES (?, ?, ?, ?)';
    prepared(learn).run(place, number, subject, words);
    return [];
  };

const found = entryColumns.map((column) => `entries.${column}`).join(', ');
const argsOf = (rows: Record<string, SQLOutputValue>[]): Arg[] =>
  rows.flatMap((row) => entryColumns.map((column) => row[column] as Arg));

const finder = (prepared: Prepared): Served['read'] => {
  const sql = `SELECT ${found}
    FROM words CROSS JOIN entries ON entries.place = words.rowid
    WHERE words MATCH ?1 AND (?2 IS NULL OR teamId = ?2) AND (?3 IS NULL OR status = ?3)
    ORDER BY words.rowid DESC LIMIT ?4`;
  return ([match = '', teamId = null, status = null, limit = 0]) =>
    argsOf(prepared(sql).all(match, teamId, status, limit));
};

/** So many of the newest matches are looked at (5 ms): of a word in each of a million tickets, all would take 0.6 s. */
const looked = 10_000;

const alikeFinder = (prepared: Prepared): Served['read'] => {
  const sql = `SELECT ${found}
    FROM (SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid DESC LIMIT ${looked}) AS newest
    CROSS JOIN entries ON entries.place = newest.rowid
    WHERE status IN (SELECT value FROM json_each(?2)) AND (?3 IS NULL OR ticketId <> ?3)
    ORDER BY newest.rowid DESC LIMIT ?4`;
  return ([match = '', statuses = '[]', exclude = null, limit = 0]) =>
    argsOf(prepared(sql).all(match, statuses, exclude, limit));
};

/** The first argument says what is asked. */
const reader = (prepared: Prepared): Served['read'] => {
  const [find, similar] = [finder(prepared), alikeFinder(prepared)];
  return ([what, ...args]) => (what === 'similar' ? similar(args) : find(args));
};

const open = ({ folder }: { folder: string }): Served => {
  const { db, fresh } = openSearchDatabase(join(folder, 'search.sqlite'));
  const prepared = statements(db);
  const close = (): void => {
    db.exec('PRAGMA optimize');
    db.close();
  };
  return { db, greeting: [fresh ? 1 : 0], read: reader(prepared), write: indexer(prepared), close };
};

serve(parentPort, () => open(workerData));
