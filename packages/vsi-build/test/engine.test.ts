import { spawnSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";

const MODULE = new URL("../dist/engine.js", import.meta.url).href;

/** What a script prints that gets engine.ts's functions, in a process of its own: what V8 is told all its threads heed. */
function run(script: string, flags: readonly string[] = []) {
  const code = `import(${JSON.stringify(MODULE)}).then(({ keepHeapSmall, optimizeLater }) => { ${script} });`;
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, "--eval", code], { encoding: "utf8" });
  return { printed: stdout.trim(), stderr };
}

describe("keepHeapSmall", () => {
  /** MiB that new objects may fill after a million of them, some of which stay for a while. */
  const FILL = `
    let kept = [];
    for (let made = 0; made < 1e6; made += 1) {
      kept.push({ made, list: [made] });
      if (kept.length > 60_000) kept = [];
    }
    const { space_size } = require("node:v8").getHeapSpaceStatistics().find((space) => space.space_name === "new_space");
    console.log(space_size / 2 ** 20);`;

  test("the space for new objects stays small, which otherwise grows to 16 MiB and more", () => {
    const { printed, stderr } = run(`keepHeapSmall(); ${FILL}`);
    expect(stderr).toBe("");
    expect(Number(printed)).toBeLessThanOrEqual(4);
    expect(Number(run(FILL).printed)).toBeGreaterThanOrEqual(16);
  });

  test.each([["--max-semi-space-size=16"], ["--min_semi_space_size=1"], ["--heap-growing-percent=20"]])(
    "where a user says %s, nothing is changed",
    (flag) => {
      expect(run("console.log(keepHeapSmall().length);", [flag])).toEqual({ printed: "0", stderr: "" });
    },
  );

  test("a user's --max-old-space-size goes with it", () => {
    expect(run("console.log(keepHeapSmall().length);", ["--max-old-space-size=512"])).toEqual({
      printed: "3",
      stderr: "",
    });
  });
});

describe("optimizeLater", () => {
  /** Standard error, and how many flags were set. */
  function setBy(workers: number | null) {
    const script = `
      const v8 = require("node:v8");
      const { setFlagsFromString } = v8;
      let set = 0;
      v8.setFlagsFromString = (flag) => { set += 1; setFlagsFromString(flag); };
      require("node:module").syncBuiltinESMExports();
      optimizeLater(${workers});
      console.log(set);`;
    return run(script);
  }

  test("where threads take every core; of flags that this version of Node does not have, none is set", () => {
    const flags = process.versions.node.startsWith("20.") ? "1" : "0";
    expect(setBy(null)).toEqual({ printed: flags, stderr: "" });
    expect(setBy(0)).toEqual({ printed: "0", stderr: "" });
  });
});
