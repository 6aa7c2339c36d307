/**
 * The probability that a fair coin falls at least as unevenly, to either side: the exact binomial test of equal shares.
 * Questions are taken for independent.
 *
 * @param first how often one side came, of `total`.
 */
export function fairCoinProbability(first: number, total: number): number {
  const fewer = Math.min(first, total - first);
  if (fewer * 2 === total) return 1;
  // Logarithms: 2^-total underflows from about a thousand on.
  let logarithm = -total * Math.LN2;
  let tail = Math.exp(logarithm);
  for (let heads = 1; heads <= fewer; heads++) {
    logarithm += Math.log((total - heads + 1) / heads);
    tail += Math.exp(logarithm);
  }
  return Math.min(1, 2 * tail);
}
