/** Chance that can be told again: the same seed gives the same rounds. */
export interface Chance {
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  /** True in `percent` of 100 cases. */
  happens(percent: number): boolean;
  pick<One>(all: readonly One[]): One | undefined;
}

/** mulberry32 */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, happens: (percent) => next() * 100 < percent, pick: (all) => all[below(all.length)] };
};
