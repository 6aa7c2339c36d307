import fc from "fast-check";

type Mutation = (bytes: number[]) => number[];

/** Copies of `original` with one to four bytes changed, cut off, taken out or put in. */
export function mutatedBytes(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat({ max: original.length });
  // Bytes that mean something in the text formats come up often.
  const byte = fc.oneof(
    fc.nat({ max: 255 }),
    fc.constantFrom(...new TextEncoder().encode('0123456789.-eE,:"[]{}\\ \r\n\tn')),
  );
  const mutation: fc.Arbitrary<Mutation> = fc.oneof(
    fc.tuple(place, byte).map(
      ([at, value]): Mutation =>
        (bytes) =>
          bytes.with(Math.min(at, bytes.length - 1), value),
    ),
    fc.tuple(place, byte).map(
      ([at, value]): Mutation =>
        (bytes) =>
          bytes.toSpliced(at, 0, value),
    ),
    fc.tuple(place, fc.nat({ max: 8 })).map(
      ([at, count]): Mutation =>
        (bytes) =>
          bytes.toSpliced(at, count),
    ),
    place.map(
      (at): Mutation =>
        (bytes) =>
          bytes.slice(0, at),
    ),
  );
  return fc
    .array(mutation, { minLength: 1, maxLength: 4 })
    .map((mutations) =>
      mutations.reduce((bytes, mutate) => (bytes.length === 0 ? bytes : mutate(bytes)), [...original]),
    )
    .map((bytes) => Uint8Array.from(bytes));
}
