import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { runProcess } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { describeTrainer, trainerPython } from "@vsi/testing/trainerPython";
import { verlParquet, verlRecord } from "../../src/export/verl.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";
import { makeRowsOf } from "../support/rows.ts";

const root = temporaryFolder();

const withOptions = makeQuestion({ options: ["A. 2", "B. 3"], mc_answer: "B" });
const records = [...VSI_100K_QUESTIONS, withOptions].map((question, index) => {
  return verlRecord(makeRowsOf(question).grpo, { split: "train", index, maxPixels: 100_352 });
});

test("the same rows give the same bytes", () => {
  expect(verlParquet(records)).toEqual(verlParquet(records));
});

/** pyarrow knows nothing of the writer: its rows, and the types it sees. */
const READER = `
import json, sys
import pyarrow.parquet
table = pyarrow.parquet.read_table(sys.argv[1])
print(json.dumps({"rows": table.to_pylist(), "types": {field.name: str(field.type) for field in table.schema}}))
`;

describeTrainer("read back by pyarrow", () => {
  test("holds the same rows, nested, with whole numbers of 64 bits", async () => {
    const path = join(root, "train.parquet");
    await writeFile(path, verlParquet(records));
    const { stdout, stderr } = await runProcess([trainerPython!, "-c", READER, path]);
    expect(stderr).toBe("");
    const { rows, types } = JSON.parse(stdout) as { rows: unknown; types: Record<string, string> };
    const plain = JSON.stringify(records, (_, value) => (typeof value === "bigint" ? Number(value) : value));
    expect(rows).toEqual(JSON.parse(plain));
    expect(types.images).toBe("list<element: struct<image: string, max_pixels: int64>>");
    expect(types.reward_model).toBe("struct<style: string, ground_truth: string>");
  });

  test("is what datasets loads, as verl does", async () => {
    const path = join(root, "train.parquet");
    await writeFile(path, verlParquet(records));
    const script = `
import json, sys
from datasets import load_dataset
rows = load_dataset("parquet", data_files=sys.argv[1], split="train", cache_dir=sys.argv[2])
print(json.dumps([rows[0]["prompt"][0]["role"], rows[len(rows) - 1]["extra_info"]["options"]]))
`;
    const env = { HF_HUB_OFFLINE: "1", HF_HOME: join(root, "hub") };
    const { stdout } = await runProcess([trainerPython!, "-c", script, path, join(root, "cache")], { env });
    expect(JSON.parse(stdout)).toEqual(["user", ["A. 2", "B. 3"]]);
  });
});

const rows = makeRowsOf(makeQuestion());
const images = ["/frames/a.jpg", "/frames/b.jpg"];
const asked = `<image><image>${rows.grpo.prompt[0]!.content}`;

test("verl's form, field by field", () => {
  expect(verlRecord(rows.grpo, { split: "train", index: 7, maxPixels: 100_352 })).toEqual({
    data_source: "vsi/object_counting",
    prompt: [{ role: "user", content: asked }],
    images: images.map((image) => ({ image, max_pixels: 100_352n })),
    ability: "spatial-reasoning",
    reward_model: { style: "rule", ground_truth: "3" },
    extra_info: {
      split: "train",
      index: 7n,
      id: "0123456789abcdef",
      question_type: "object_counting",
      options: null,
      mode: "think",
      reward: "mra",
    },
  });
});
