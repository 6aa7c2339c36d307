/**
 * So many of a list, evenly from its first to its last; all of a shorter one, the middle one when one is asked for.
 * The same places that `vsi-build --frames` takes (sampleUniform of @vsi/geometry).
 */
export function sampleEvenly<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  if (count === 1) return [items[Math.floor((items.length - 1) / 2)]];
  return Array.from({ length: count }, (_, place) => items[Math.round((place * (items.length - 1)) / (count - 1))]);
}
