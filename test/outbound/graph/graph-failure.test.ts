import { describe, expect, it } from '@jest/globals';
import { GraphError } from '../../../src/application/errors.ts';
import { mayPass, retryAfterOf } from '../../../src/outbound/graph/graph-failure.ts';
import { readRetryWait } from '../../../src/outbound/graph/request-chain.ts';

const after = (value: string) =>
  retryAfterOf(new Headers({ 'retry-after': value }), Date.parse('2026-01-05T09:00:00Z'));

describe('when to come back', () => {
  it('is read from seconds and from dates', () => {
    expect(after('7')).toBe(7_000);
    expect(after('Mon, 05 Jan 2026 09:00:30 GMT')).toBe(30_000);
    expect(after('Mon, 05 Jan 2026 08:00:00 GMT')).toBe(0);
    expect(after('soon')).toBeUndefined();
    expect(retryAfterOf(new Headers(), 0)).toBeUndefined();
  });
  it('doubles with each read asked again, three times at most', () => {
    expect([0, 1, 2, 3].map((attempt) => readRetryWait(attempt, undefined, 0.5))).toEqual([250, 500, 1000, undefined]);
  });
  it('is what Graph names, unless that is long: then whoever asked waits himself', () => {
    expect(readRetryWait(0, 2_000, 0.5)).toBe(2_000);
    expect(readRetryWait(0, 120_000, 0.5)).toBeUndefined();
  });
});

describe('what may pass', () => {
  const passes = (status: number) => mayPass(new GraphError('', { status, code: '' }));
  it.each([0, 401, 403, 408, 429, 500, 502, 503, 504])('status %d', (status) => expect(passes(status)).toBe(true));
  it.each([400, 404, 405, 410, 413])('not status %d', (status) => expect(passes(status)).toBe(false));
});
