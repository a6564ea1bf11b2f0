import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { REFUSAL_STATUS } from '../../src/application/refusal-status.ts';

const page = readFileSync(new URL('../../docs/refusals.md', import.meta.url), 'utf8');

/** The sections of the page: what stands below "### `code`" up to the next heading. */
const sections = page.split(/^(?=#{1,3} )/mu).flatMap((section) => {
  const code = /^### `([a-z-]+)`$/mu.exec(section)?.[1];
  return code === undefined ? [] : [{ code, section }];
});
const codes = Object.keys(REFUSAL_STATUS).sort();

test('every refusal is documented, once, and no other', () => {
  expect(sections.map(({ code }) => code).sort()).toEqual(codes);
});

test('each with the status it is answered with', () => {
  const documented = sections.map(({ code, section }) => [code, Number(/^Status: (\d+)$/mu.exec(section)?.[1])]);
  expect(Object.fromEntries(documented)).toEqual(
    Object.fromEntries(Object.entries(REFUSAL_STATUS).map(([code, { status }]) => [code, status])),
  );
});

test('each says what it means and what to do next', () => {
  for (const { code, section } of sections)
    expect([code, /\*\*Means:\*\* \S/u.test(section), /\*\*Next:\*\* \S/u.test(section)]).toEqual([code, true, true]);
});

test('the table of statuses lists those that are used', () => {
  const listed = [...page.matchAll(/^\| (\d{3}) \|/gmu)].map(([, status]) => Number(status));
  expect(listed).toEqual([...new Set(Object.values(REFUSAL_STATUS).map(({ status }) => status))].sort());
});
