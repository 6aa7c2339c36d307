/** Which sets of distances can be told apart. */
export interface SetRules {
  /** Members of a set; at least 2. */
  size: number;
  /** The nearest lies between these, both allowed; metres. */
  smallest_m: number;
  largest_m: number;
  /** Metres between the nearest and the second. */
  gap_m: number;
  /** Whether every two neighbours in order of distance must differ by more than `gap_m`, not the two nearest alone. */
  allGaps: boolean;
}

/** Sets as a virtual list, so that a few can be drawn from all that are valid. */
export interface ValidSets {
  /** Exact while it is a safe integer. */
  count: number;
  /** Places of a set's members among the distances, the nearest first; ranks 0 to count - 1 give every set once. */
  setOfRank(rank: number): number[];
}

/**
 * Every set of distances that keeps the rules, counted and listed without looking at the others: members are chained in
 * order of distance, and for each member and length the ways to go on are counted once.
 *
 * @param distances_m metres; those that are NaN belong to no set.
 */
export function validSets(distances_m: readonly number[], rules: SetRules): ValidSets {
  const { size, smallest_m, largest_m } = rules;
  const order = placesInOrder(distances_m);
  const sorted = new Float64Array(order.length);
  for (let member = 0; member < sorted.length; member += 1) sorted[member] = distances_m[order[member]];
  const clear = firstClearOfEach(sorted, rules);
  const isNearest = (more: number): boolean => more === size - 1;
  const nextOf = (member: number, more: number): number =>
    isNearest(more) || rules.allGaps ? clear[member] : member + 1;
  // Rows of one more than the members, by `more`: sets of a member from here on and `more` that follow it.
  const width = sorted.length + 1;
  const sums = new Float64Array(size * width);
  for (let more = 0; more < size; more += 1) {
    const row = more * width;
    for (let member = sorted.length - 1; member >= 0; member -= 1) {
      const isIn = !isNearest(more) || (sorted[member] >= smallest_m && sorted[member] <= largest_m);
      const ways = more === 0 ? 1 : sums[row - width + nextOf(member, more)];
      sums[row + member] = sums[row + member + 1] + (isIn ? ways : 0);
    }
  }
  return {
    count: sums[(size - 1) * width],
    setOfRank(rank) {
      const members = new Array<number>(size);
      let left = rank;
      let from = 0;
      for (let more = size - 1; more >= 0; more -= 1) {
        const row = more * width;
        const all = sums[row + from];
        let member = from;
        // Sets that begin with an earlier member come first.
        while (all - sums[row + member + 1] <= left) member += 1;
        left -= all - sums[row + member];
        members[size - 1 - more] = order[member];
        from = nextOf(member, more);
      }
      return members;
    },
  };
}

/** The places of all distances that are none of NaN, the nearest first. */
function placesInOrder(distances_m: readonly number[]): number[] {
  const places: number[] = [];
  for (const [place, distance_m] of distances_m.entries()) {
    if (!Number.isNaN(distance_m)) places.push(place);
  }
  return places.sort((one, other) => distances_m[one] - distances_m[other] || one - other);
}

/** By member in order of distance, the first one that is far enough behind it to be told apart. */
function firstClearOfEach(sorted: Float64Array, { gap_m, allGaps }: SetRules): Int32Array {
  const clear = new Int32Array(sorted.length);
  let other = 0;
  for (let member = 0; member < sorted.length; member += 1) {
    // What is too near for one member is so for all that are farther.
    other = Math.max(other, member + 1);
    while (other < sorted.length && !isClear(sorted[other] - sorted[member], gap_m, allGaps)) other += 1;
    clear[member] = other;
  }
  return clear;
}

function isClear(distance_m: number, gap_m: number, allGaps: boolean): boolean {
  return allGaps ? distance_m > gap_m : distance_m >= gap_m;
}
