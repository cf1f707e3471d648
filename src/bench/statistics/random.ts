/** Numbers in [0, 1), equal for equal seeds. */
export type Random = () => number;

/**
 * A small seeded generator (mulberry32: one 32-bit state, period 2^32), good enough for resampling and no more.
 * Source: public-domain algorithm by Tommy Ettinger.
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
