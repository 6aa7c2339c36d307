import { expect, test } from "@jest/globals";
import { canSketch } from "../../src/show/canSketch.ts";

const TERMINAL = { isTTY: true, columns: 80 };

test.each([
  [TERMINAL, { LANG: "en_US.UTF-8" }, true],
  [TERMINAL, { LANG: "C.utf8" }, true],
  [TERMINAL, { LANG: "C.UTF-8", LC_ALL: "C" }, false],
  [TERMINAL, { LANG: "C.UTF-8", LC_ALL: "" }, true],
  [TERMINAL, {}, false],
  [{ isTTY: true, columns: 20 }, { LANG: "C.UTF-8" }, false],
  [{ isTTY: true }, { LANG: "C.UTF-8" }, false],
  [{ columns: 80 }, { LANG: "C.UTF-8" }, false],
])("%j with %j: %p", (output, environment, can) => {
  expect(canSketch(output, environment)).toBe(can);
});
