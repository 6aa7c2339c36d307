import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import { flagWords, type PlanOptions, planStudy } from "../../src/study/plan.ts";
import { readStudy } from "../../src/study/studyFile.ts";

const root = temporaryFolder();
const model = join(root, "tiny");
mkdirSync(model);
writeFileSync(join(model, "config.json"), '{"model_type":"qwen2_vl"}');

const OPTIONS: PlanOptions = { data: join(root, "data"), model, out: join(root, "out"), only: null, seeds: null };

function plan(cells: string, own: Partial<PlanOptions> = {}) {
  const file = join(root, "study.yaml");
  writeFileSync(file, `name: mine\ndefaults: {train: {preset: tiny}}\ncells:\n${cells}`);
  return planStudy(readStudy(file), { ...OPTIONS, ...own });
}

const names = (runs: ReturnType<typeof plan>): string[] => {
  return runs.map(({ cell, seed, isEvaluated }) => `${cell.id} ${seed}${isEvaluated ? "" : " (for others)"}`);
};

const CHAIN = `  - {id: v, method: grpo, from: sft, seeds: [0, 1]}
  - {id: base, method: base, seeds: [0, 1]}
  - {id: dpo, method: dpo, from: v}
  - {id: sft, method: sft, seeds: [0, 1, 2]}
`;

describe("the plan of a study", () => {
  test("each run stands behind the one that it starts from", () => {
    expect(names(plan(CHAIN))).toEqual(["sft 0", "v 0", "sft 1", "v 1", "base 0", "dpo 0", "sft 2"]);
    const [sft, v] = plan(CHAIN);
    expect(v?.from).toBe(sft);
    expect(v?.options).toMatchObject({
      method: "grpo",
      seed: 0,
      out: join(root, "out", "cells", "v", "seed-0", "train"),
    });
  });

  test("whatever the order of the file, sources come first, and each run once", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 6 }), fc.boolean(), (from, isReversed) => {
        // Cell n starts from an earlier one, or from the base model.
        const cells = from.map((one, index) => {
          const source = one < index ? `c${one}` : "base";
          return `  - {id: c${index}, method: sft, from: ${source}}\n`;
        });
        const runs = plan((isReversed ? cells.reverse() : cells).join(""));
        expect(new Set(names(runs)).size).toBe(cells.length);
        for (const [index, run] of runs.entries()) {
          if (run.from !== null) expect(runs.indexOf(run.from)).toBeLessThan(index);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("--only takes what a cell starts from along, which is trained and not evaluated", () => {
    expect(names(plan(CHAIN, { only: ["v"] }))).toEqual(["sft 0 (for others)", "v 0", "sft 1 (for others)", "v 1"]);
    expect(names(plan(CHAIN, { only: ["v", "sft"], seeds: ["1"] }))).toEqual(["sft 1", "v 1"]);
  });

  test("a base model is asked once, unless it is another for each seed", () => {
    for (const seed of [0, 1]) {
      mkdirSync(join(root, `base-${seed}`), { recursive: true });
      writeFileSync(join(root, `base-${seed}`, "config.json"), '{"model_type":"qwen2_vl"}');
    }
    const cells = "  - {id: base, method: base, seeds: [0, 1]}\n  - {id: sft, method: sft, seeds: [1]}\n";
    const runs = plan(cells, { model: join(root, "base-{seed}") });
    expect(names(runs)).toEqual(["base 0", "base 1", "sft 1"]);
    expect(runs.map(({ base }) => base.slice(-6))).toEqual(["base-0", "base-1", "base-1"]);
  });

  test.each([
    [
      "an unknown source",
      "  - {id: a, method: sft, from: bse}\n",
      {},
      "line 4: cell a: from: got bse, expected base or the id of a cell. Did you mean base?",
    ],
    ["itself", "  - {id: a, method: sft, from: a}\n", {}, "from goes in a circle: a from a"],
    [
      "a circle",
      "  - {id: a, method: sft, from: b}\n  - {id: b, method: sft, from: c}\n  - {id: c, method: sft, from: a}\n",
      {},
      "a from b from c from a",
    ],
    [
      "a circle behind a cell",
      "  - {id: a, method: sft, from: b}\n  - {id: b, method: sft, from: c}\n  - {id: c, method: sft, from: b}\n",
      {},
      "b from c from b",
    ],
    [
      "a seed that its source lacks",
      "  - {id: a, method: sft}\n  - {id: b, method: sft, from: a, seeds: [0, 4]}\n",
      {},
      "cell b: seed 4 starts from a of the same seed, which has 0",
    ],
    [
      "what vsi-train refuses",
      "  - {id: a, method: dpo, mode: think}\n",
      {},
      "line 4: cell a: --mode: got think, expected vanilla",
    ],
    [
      "an unknown cell in --only",
      "  - {id: sft, method: sft}\n",
      { only: ["stf"] },
      "--only: got stf, expected cells of mine: sft. Did you mean sft?",
    ],
    [
      "an unknown seed in --seeds",
      "  - {id: sft, method: sft}\n",
      { seeds: ["7"] },
      "--seeds: got 7, expected seeds of mine: 0.",
    ],
    [
      "no run left",
      "  - {id: a, method: sft}\n  - {id: b, method: sft, seeds: [1]}\n",
      { only: ["a"], seeds: ["1"] },
      "--seeds: none of the chosen cells",
    ],
  ])("%s is refused", (_, cells, own, words) => {
    expect(() => plan(cells, own)).toThrow(words);
  });
});

test("a file of questions needs frames, which a study's --frames-dir does not hold", () => {
  const data = join(root, "test.jsonl");
  writeFileSync(data, "");
  const words = `--data: got the file ${data}, whose frames are somewhere else`;
  expect(() => plan("  - {id: a, method: sft}\n", { data })).toThrow(words);
  expect(plan(`  - {id: a, method: sft, train: {frames-dir: ${root}}}\n`, { data })).toHaveLength(1);
});

test("a folder of a shipped study's name does not take its place", () => {
  // The model of vsi-train tiny-model --out ./tiny stands there.
  const before = process.cwd();
  process.chdir(root);
  try {
    expect(readStudy("tiny").cells.length).toBeGreaterThan(1);
  } finally {
    process.chdir(before);
  }
});

test("several hosts are refused: each would run the whole study", () => {
  const [before, rank, address] = [process.env.NNODES, process.env.NODE_RANK, process.env.MASTER_ADDR];
  Object.assign(process.env, { NNODES: "2", NODE_RANK: "0", MASTER_ADDR: "gpu1" });
  try {
    expect(() => plan("  - {id: a, method: sft}\n")).toThrow(/^The environment says 2 hosts, expected one/);
  } finally {
    for (const [name, value] of Object.entries({ NNODES: before, NODE_RANK: rank, MASTER_ADDR: address })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});

test("flags are typed as they stand in the file", () => {
  expect(flagWords({ full: true, resume: false, set: ["a=1", "b=[1, 2]"], "learning-rate": "1e-5", x: "-1" })).toEqual([
    ...["--full", "--no-resume", "--set", "a=1", "--set", "b=[1, 2]", "--learning-rate", "1e-5", "--x=-1"],
  ]);
});
