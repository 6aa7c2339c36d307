import { at } from "@vsi/dataset/internal";

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
  const order = [...distances_m.keys()]
    .filter((place) => !Number.isNaN(at(distances_m, place)))
    .sort((one, other) => at(distances_m, one) - at(distances_m, other) || one - other);
  const sorted = order.map((place) => at(distances_m, place));
  const nextAfter = (member: number, isNearest: boolean) => firstAfter(sorted, member, isNearest, rules);
  // ways[k][i]: sets of k more members after member i; sums[k][i]: over the members from i on.
  const ways: number[][] = [sorted.map(() => 1)];
  const sums: number[][] = [suffixSums(at(ways, 0))];
  for (let more = 1; more < rules.size; more += 1) {
    const isNearest = more === rules.size - 1;
    const row = sorted.map((distance_m, member) => {
      const isOut = isNearest && !(distance_m >= rules.smallest_m && distance_m <= rules.largest_m);
      return isOut ? 0 : at(at(sums, more - 1), nextAfter(member, isNearest));
    });
    ways.push(row);
    sums.push(suffixSums(row));
  }
  return {
    count: at(at(sums, rules.size - 1), 0),
    setOfRank(rank) {
      const members: number[] = [];
      let left = rank;
      let from = 0;
      for (let more = rules.size - 1; more >= 0; more -= 1) {
        let member = from;
        while (left >= at(at(ways, more), member)) {
          left -= at(at(ways, more), member);
          member += 1;
        }
        members.push(at(order, member));
        from = nextAfter(member, more === rules.size - 1);
      }
      return members;
    },
  };
}

/** The first member in order of distance that may follow another one. */
function firstAfter(sorted: readonly number[], member: number, isNearest: boolean, rules: SetRules): number {
  if (!isNearest && !rules.allGaps) return member + 1;
  const mayFollow = (other: number) => {
    const gap_m = at(sorted, other) - at(sorted, member);
    return rules.allGaps ? gap_m > rules.gap_m : gap_m >= rules.gap_m;
  };
  let low = member + 1;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mayFollow(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** By place, the sum of the numbers from there on; one more than the numbers, 0 at the end. */
function suffixSums(numbers: readonly number[]): number[] {
  const sums = new Array<number>(numbers.length + 1).fill(0);
  for (let place = numbers.length - 1; place >= 0; place -= 1) {
    sums[place] = at(sums, place + 1) + at(numbers, place);
  }
  return sums;
}
