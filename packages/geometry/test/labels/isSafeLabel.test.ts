import { expect, test } from "@jest/globals";
import { isSafeLabel, MAXIMUM_LABEL_LENGTH } from "../../src/labels/isSafeLabel.ts";

test.each(["trash can", "sofa/couch", "__proto__", "Küche", "椅子", "x".repeat(MAXIMUM_LABEL_LENGTH)])(
  "%j is safe",
  (label) => {
    expect(isSafeLabel(label)).toBe(true);
  },
);

test.each([
  "",
  "a\nb",
  "a\u2028b",
  "a\u0000b",
  "\ud800",
  "../a",
  "/etc",
  "C:\\a",
  "x".repeat(MAXIMUM_LABEL_LENGTH + 1),
])("%j is not", (label) => {
  expect(isSafeLabel(label)).toBe(false);
});
