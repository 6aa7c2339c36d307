import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { redactKey } from "../../src/run/redactKey.ts";

test("no secret is left in any text, however often it stands there", () => {
  const secret = fc.stringMatching(/^sk-[A-Za-z0-9.$*+?^]{8,30}$/);
  fc.assert(
    fc.property(secret, fc.array(fc.string()), (key, pieces) => {
      expect(redactKey(pieces.join(key), key)).not.toContain(key);
    }),
  );
});

test("no secret is left in JSON either, where quotes and backslashes are written otherwise", () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9"\\\\]{8,20}$/);
  fc.assert(
    fc.property(secret, fc.string(), (key, text) => {
      const body = JSON.stringify({ error: `${text} ${key} ${text}` });
      expect(redactKey(body, key)).not.toContain(JSON.stringify(key).slice(1, -1));
    }),
  );
});

test("without a key, and for a stand-in that may be an honest word, the text stays as it is", () => {
  expect(redactKey("the room is EMPTY", null)).toBe("the room is EMPTY");
  expect(redactKey("the room is EMPTY", "EMPTY")).toBe("the room is EMPTY");
});
