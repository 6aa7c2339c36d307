import fc from "fast-check";

/** One damage to a file; places are shares of its length, so that they fit a file of any size. */
export type Mutation =
  | { kind: "flip"; at: number; bit: number }
  | { kind: "cut"; at: number }
  | { kind: "remove"; at: number; length: number }
  | { kind: "insert"; at: number; bytes: Uint8Array }
  | { kind: "repeat"; at: number; length: number }
  | { kind: "replace"; bytes: Uint8Array };

/** 64 bytes: some vertices or numbers, so that the damage is not always noticed at once. */
const LONGEST_PIECE = 64;

/** All kinds of damage; `replacements` are whole files that may come in a file's place. */
export function mutations(replacements: readonly Uint8Array[]): fc.Arbitrary<Mutation> {
  const at = fc.double({ min: 0, max: 1, noNaN: true });
  const length = fc.integer({ min: 1, max: LONGEST_PIECE });
  // Digits, signs and separators mean something in three of the four files.
  const text = fc.string({ unit: fc.constantFrom(...'0123456789-.eE,:[]{}" \n'), minLength: 1, maxLength: 8 });
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: LONGEST_PIECE }),
    text.map((characters) => new TextEncoder().encode(characters)),
  );
  return fc.oneof(
    fc.record({ kind: fc.constant("flip" as const), at, bit: fc.nat({ max: 7 }) }),
    fc.record({ kind: fc.constant("cut" as const), at }),
    fc.record({ kind: fc.constant("remove" as const), at, length }),
    fc.record({ kind: fc.constant("insert" as const), at, bytes }),
    fc.record({ kind: fc.constant("repeat" as const), at, length }),
    fc.record({ kind: fc.constant("replace" as const), bytes: fc.constantFrom(...replacements) }),
  );
}

/** A damaged copy. */
export function mutateBytes(original: Uint8Array, mutation: Mutation): Uint8Array {
  if (mutation.kind === "replace") return mutation.bytes;
  const start = Math.floor(mutation.at * (original.length - 1));
  const [before, after] = [original.subarray(0, start), original.subarray(start)];
  switch (mutation.kind) {
    case "flip": {
      const copy = original.slice();
      copy[start]! ^= 1 << mutation.bit;
      return copy;
    }
    case "cut":
      return before;
    case "remove":
      return Buffer.concat([before, after.subarray(mutation.length)]);
    case "insert":
      return Buffer.concat([before, mutation.bytes, after]);
    case "repeat":
      return Buffer.concat([before, after.subarray(0, mutation.length), after]);
  }
}
