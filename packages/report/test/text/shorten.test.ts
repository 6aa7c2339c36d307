import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { shorten } from "../../src/text/shorten.ts";

test("short text stays, long text ends with an ellipsis and never exceeds the limit", () => {
  expect(shorten("sofa", 4)).toBe("sofa");
  expect(shorten("sofas", 4)).toBe("sof…");
  expect(shorten("😀😀😀", 2)).toBe("😀…");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (text, limit) => {
      const short = shorten(text, limit);
      expect([...short].length).toBeLessThanOrEqual(limit);
      if ([...text].length <= limit) expect(short).toBe(text);
      else expect(text.startsWith(short.slice(0, -1))).toBe(true);
    }),
  );
});
