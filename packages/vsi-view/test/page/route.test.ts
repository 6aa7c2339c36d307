import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readRoute, writeRoute } from "../../src/page/route.ts";

test("a route is read back from its hash, whatever is in it", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1 });
  fc.assert(
    fc.property(fc.string(), fc.dictionary(text, text, { noNullPrototype: true }), (path, params) => {
      const route = { view: "questions", path, params };
      expect(readRoute(writeRoute(route))).toEqual(route);
    }),
  );
});

test("empty parameters are left out; a hash that is no valid encoding is read as it stands", () => {
  expect(writeRoute({ view: "scenes", path: "", params: { q: "", view: "top" } })).toBe("#/scenes?view=top");
  expect(readRoute("")).toEqual({ view: "", path: "", params: {} });
  expect(readRoute("#/scenes/%E0%A4%A?q=a?b")).toEqual({ view: "scenes", path: "%E0%A4%A", params: { q: "a?b" } });
});
