/**
 * A number over 0 to under 1 from a seed and a name, evenly spread: FNV-1a (32 bit; Fowler, Noll, Vo) over the UTF-8
 * bytes of "<seed>\n<name>", then MurmurHash3's 32-bit finalizer (Appleby), because FNV-1a alone leaves the high
 * bits of names that differ in their last digits nearly alike.
 */
export function seededShare(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${seed}\n${name}`)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
