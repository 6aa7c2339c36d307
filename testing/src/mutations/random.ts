/** Random numbers of one case: the same seed, reader and case give the same input on every machine. */
export interface Random {
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  /** One of the values. */
  pick<Value>(values: readonly Value[]): Value;
  /** Whether something of this probability happens. */
  chance(probability: number): boolean;
}

/** mulberry32 over a 32-bit FNV-1a hash of the names: quick to begin, once for each of a million cases. */
export function caseRandom(...names: readonly (string | number)[]): Random {
  let state = 0x811c9dc5;
  for (const character of names.join("\n")) {
    state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
  }
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (count) => Math.floor(next() * count),
    pick: (values) => {
      if (values.length === 0) throw new RangeError("nothing to pick from");
      return values[Math.floor(next() * values.length)] as (typeof values)[number];
    },
    chance: (probability) => next() < probability,
  };
}
