import fc from "fast-check";

const FRAGMENTS = (
  "0 1 2 3 9 10 00 007 1_000 1__0 _1 1_ 1_.5 ._5 .5 5. . .. ... + - +- e E e5 1e1 1E+2 1e-3 1e400 1e-400 1e5_0 e_5 0x10 0b1 1j nan NaN -nan inf -INF " +
  "Infinity infinit +infinity ınf ſ 1,000 1,5 2.5 0.1 0.30000000000000004 9007199254740993 179769313486231580793e289 4.9e-324 2.4e-324 ٣ ٠١ ３．５ ３ ೬ 𝟘 𝟡 𝟿 " +
  "² ½ Ⅷ 一 − – A B C D a b c A. (A) A) left İ I ı ß ẞ Σ ΑΣ ΣΑ ΑΣ. Ǆ Ω K ﬁ ŉ \ud800 \udc00 é e\u0301"
).split(" ");
const SPACES =
  " ,\t,\n,\v,\f,\r,\x1c,\x1d,\x1e,\x1f,\x85,\xa0,\u1680,\u2000,\u200a,\u200b,\u2028,\u2029,\u202f,\u205f,\u3000,\ufeff,\0,\x7f,".split(
    ",",
  );

/**
 * Texts that readers of numbers disagree on: digits of other scripts, underscores, spaces that are not blanks, lone
 * surrogates.
 */
export const nastyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...FRAGMENTS), weight: 4 },
      { arbitrary: fc.constantFrom(...SPACES), weight: 3 },
    ),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(""));

/** Decimals as models print them. */
export const plainNumber: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: -20, max: 2000 }), fc.constantFrom("", ".", ".5", ".25", ".05", " m", ". ", "\n"))
  .map(([whole, tail]) => `${whole}${tail}`);
