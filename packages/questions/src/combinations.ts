/** In how many ways `size` members can be chosen from `count`. Exact while the result is a safe integer. */
export function combinationCount(count: number, size: number): number {
  if (count < size) {
    return 0;
  }
  let ways = 1;
  for (let chosen = 0; chosen < size; chosen += 1) {
    ways = (ways * (count - chosen)) / (chosen + 1);
  }
  return ways;
}

/**
 * The `rank`-th choice of `size` members in the combinatorial number system (Knuth, The Art of Computer Programming
 * 4A, 7.2.1.3): ascending indices, the choices ordered by their largest member, then the next. Ranks 0 to
 * combinationCount(n, size) - 1 give every choice from n members once.
 */
export function combinationOfRank(rank: number, size: number): number[] {
  const members = new Array<number>(size);
  let remaining = rank;
  for (let place = size; place > 0; place -= 1) {
    let member = Math.max(place - 1, leastMember(remaining, place));
    while (combinationCount(member + 1, place) <= remaining) {
      member += 1;
    }
    remaining -= combinationCount(member, place);
    members[place - 1] = member;
  }
  return members;
}

/**
 * A little less than the largest member whose combinations do not go over `rank`: from `count` members there are at most
 * count ** size / size! choices. Counting up to it from 0 would look at every member for every pair of objects.
 */
function leastMember(rank: number, size: number): number {
  let orders = 1;
  for (let factor = 2; factor <= size; factor += 1) orders *= factor;
  // The root may be rounded up to the next whole number.
  return Math.floor((orders * rank) ** (1 / size)) - 1;
}
