/**
 * A near but wrong number with as many decimals as the right one: 0.5 to 0.8 or 1.25 to 2 times as large, drawn evenly
 * from the numbers that can be written so. Near, because a wrong answer that is absurd teaches nothing; never within
 * 10 %, because measured truths are not exact. Where rounding leaves no smaller one it is a larger one (1 has no
 * smaller count), and 0 has one step up.
 *
 * @param truth digits, with or without a decimal point: "3", "6.1".
 * @param side, place two numbers over 0 to under 1 that decide.
 */
export function wrongNumber(truth: string, side: number, place: number): string {
  const decimals = truth.split(".")[1]?.length ?? 0;
  // In steps of the last decimal everything is a whole number, and no bound is missed by a rounding error.
  const steps = Number(truth.replace(".", ""));
  const smaller = { first: Math.ceil(steps / 2), last: Math.floor((steps * 4) / 5) };
  const larger = { first: Math.max(Math.ceil((steps * 5) / 4), 1), last: Math.max(steps * 2, 1) };
  const { first, last } = side < 1 / 2 && smaller.first <= smaller.last && smaller.first > 0 ? smaller : larger;
  const drawn = first + Math.floor(place * (last - first + 1));
  return (drawn / 10 ** decimals).toFixed(decimals);
}
