/**
 * Memory for the large arrays of one scan, used again for the next. A scan of 150,000 vertices needs some 20 MB of them;
 * allocated anew each time they made V8 mark its whole heap on most scans, on other threads too: nearly half of a
 * scan's CPU time.
 *
 * Who owns what: `take` outside `withScanMemory` gives a new array, which is the caller's. Within it, it gives a lent one,
 * which is good until `withScanMemory` returns; nothing that leaves it may hold one. What has to leave is copied (slice).
 * The work is synchronous, so that no other scan of this thread can come between.
 */

type ArrayType<Taken> = {
  new (length: number): Taken;
  new (buffer: ArrayBuffer, at: number, length: number): Taken;
} & {
  BYTES_PER_ELEMENT: number;
};

/** Bytes that a thread keeps, at most: scans of 600,000 vertices. What a larger one needs besides is allocated anew. */
const MOST_KEPT = 128 * 2 ** 20;

/** Every array begins at a multiple of this: a cache line, and enough for any element. */
const ALIGNMENT = 64;

/** "fresh" lends nothing; "spoilt" lends memory full of what no scan holds. Both are for tests. */
export type MemoryUse = "reused" | "fresh" | "spoilt";

let use: MemoryUse = "reused";
let block = new ArrayBuffer(0);
let isLent = false;
let end = 0;

/**
 * Lends this thread's memory to `take` until `work` returns.
 *
 * @param work must not return, or keep, an array that it took. Within another's work it shares that one's memory.
 */
export function withScanMemory<Result>(work: () => Result): Result {
  if (isLent || use === "fresh") return work();
  if (use === "spoilt") new Uint8Array(block).fill(0xff);
  isLent = true;
  end = 0;
  try {
    return work();
  } finally {
    isLent = false;
    // Grown afterwards, to a quarter more than this scan needed: the next is about as large.
    if (end > block.byteLength) block = new ArrayBuffer(Math.min(1.25 * end, MOST_KEPT));
    if (use === "spoilt") new Uint8Array(block).fill(0xff);
  }
}

/** An array to be written before it is read: whatever a scan before left may be in it. */
export function take<Taken>(type: ArrayType<Taken>, length: number): Taken {
  if (!isLent) return new type(length);
  const start = end;
  end += Math.ceil((length * type.BYTES_PER_ELEMENT) / ALIGNMENT) * ALIGNMENT;
  return end <= block.byteLength ? new type(block, start, length) : new type(length);
}

/** The first elements of an array of `take`'s: lent ones stay where they are, what is the caller's own is cut to size. */
export function trim<
  Taken extends { subarray(from: number, to: number): Taken; slice(from: number, to: number): Taken },
>(taken: Taken, length: number): Taken {
  return isLent ? taken.subarray(0, length) : taken.slice(0, length);
}

/** How memory is used from now on, by this thread. For tests. */
export function setMemoryUse(wanted: MemoryUse): void {
  use = wanted;
  block = new ArrayBuffer(0);
}
