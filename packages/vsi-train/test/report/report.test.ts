import { appendFile, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { readRun, renderRuns, summaryTable } from "../../src/report/report.ts";
import type { HeldOutEvent, SampleEvent } from "../../src/run/events.ts";
import { runFile } from "../../src/run/runFiles.ts";
import { type FakeRecord, writeFakeRun } from "../support/fakeRecord.ts";

const FOLDER = temporaryFolder();
const HOSTILE = '</code></svg><script>alert("1")</script><img src=x onerror=alert(1)>';

async function newRun(record: FakeRecord): Promise<string> {
  const folder = await mkdtemp(join(FOLDER, "run-"));
  await writeFakeRun(folder, record);
  return folder;
}

/** The captions of the page's figures. */
function captions(html: string): string[] {
  return [...html.matchAll(/<figcaption[^>]*>(.*?)<\/figcaption>/gs)].map(([, text]) => text!);
}

describe("renderRuns", () => {
  test("draws the metrics that are there and no others", async () => {
    const folder = await newRun({
      steps: [
        { loss: 1, token_accuracy: 0.2 },
        { loss: 0.5, token_accuracy: 0.6 },
      ],
    });
    const html = renderRuns([await readRun(folder)]);
    // Loss, token accuracy, time of a step.
    expect(captions(html).filter((caption) => /loss|Answer tokens|Without checkpoints/.test(caption))).toHaveLength(3);
    expect(html).not.toContain("KL to the reference");
    expect(html).toContain("still running, or killed");
  });

  test("gives the means of the first and the last tenth, the alarms and the settings", async () => {
    const steps = Array.from({ length: 300 }, (_, at) => ({ reward: at < 30 ? 0.125 : at >= 270 ? 0.875 : 0.5 }));
    const folder = await newRun({ steps, alarms: [{ name: "kl-explosion", step: 7, message: "KL is 12" }] });
    const html = renderRuns([await readRun(folder)]);
    expect(html).toMatch(/0\.125<[\s\S]*0\.875</);
    expect(html).toContain("kl-explosion at step 7: KL is 12");
    expect(html).toContain("10 min");
    expect(html).toContain("&quot;beta&quot;: 0.0001");
    expect(html).toContain("means of equal windows of steps");
  });

  test("scores of held-out questions at each checkpoint, by part and by question type", async () => {
    const at = (step: number, counting: number): HeldOutEvent => ({
      event: "held_out",
      step,
      metrics: { reward: 1.25, reward_format: 1, "accuracy/object_counting": counting, "accuracy/route_planning": 0.5 },
    });
    const html = renderRuns([
      await readRun(await newRun({ steps: [{ reward: 1 }], heldOut: [at(100, 0.25), at(200, 0.6666)] })),
    ]);
    const table = /<table(?:(?!<table)[\s\S])*object counting[\s\S]*?<\/table>/.exec(html)?.[0] ?? "";
    const cells = [...table.matchAll(/<t[hd](?: [^>]*)?>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell);
    expect(cells).toEqual([
      ...["step", "reward", "format", "object counting", "route planning"],
      ...["100", "1.25", "1", "0.25", "0.5"],
      ...["200", "1.25", "1", "0.667", "0.5"],
    ]);
  });

  test("what a model wrote stays text", async () => {
    const sample: SampleEvent = {
      event: "sample",
      step: 1,
      id: "q",
      prompt: HOSTILE,
      completion: HOSTILE,
      reward: { total: 0.75, format: null, accuracy: 0.75, guards: [HOSTILE] },
    };
    const folder = await newRun({ steps: [{ reward: 1, [HOSTILE]: 1 }], samples: [sample] });
    const html = renderRuns([await readRun(folder)]);
    expect(html).not.toMatch(/<script>alert|<img src=x/i);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain("&lt;script&gt;");
    expect(html).toContain("0.75");
  });

  test("runs side by side are told apart by their folders' names; the same runs give the same bytes", async () => {
    const folders = [await newRun({ steps: [{ reward: 0.1 }] }), await newRun({ steps: [{ reward: 0.9 }] })];
    const runs = await Promise.all(folders.map(readRun));
    const html = renderRuns(runs);
    for (const { name } of runs) expect(html.split(name).length).toBeGreaterThan(2);
    expect(renderRuns(runs)).toBe(html);
  });

  test("a run without a single step has a report that says so", async () => {
    expect(renderRuns([await readRun(await newRun({ steps: [] }))])).toContain("0 of ?");
  });
});

describe("readRun", () => {
  test("passes over a line that is being written, and refuses a folder that is no run", async () => {
    const folder = await newRun({ steps: [{ reward: 0.1 }] });
    await appendFile(runFile(folder, "metrics"), '{"event":"step","st');
    expect((await readRun(folder)).steps).toHaveLength(1);
    await expect(readRun(FOLDER)).rejects.toMatchObject({
      code: "run-unreadable",
      message: expect.stringContaining("Give the folder of a run"),
    });
    await writeFile(runFile(folder, "record"), '{"schema":"other/1"}');
    await expect(readRun(folder)).rejects.toMatchObject({
      code: "run-unreadable",
      message: expect.stringContaining("--out"),
    });
  });
});

test.each([
  ["Qwen/Qwen2-VL-2B-Instruct", "Qwen/Qwen2-VL-2B-Instruct"],
  ["/home/me/runs/sft-0/model", "sft-0/model"],
  ["C:\\runs\\sft-0\\model", "sft-0/model"],
  ["tiny", "tiny"],
])("regression: a folder's long path pushed columns out of the page: %s is shown as %s", async (model, shown) => {
  const folder = await mkdtemp(join(FOLDER, "run-"));
  await writeFakeRun(folder, { steps: [{ loss: 1 }] });
  const run = await readRun(folder);
  const settings = { ...run.record.settings, model };
  const { columns, rows } = summaryTable([{ ...run, record: { ...run.record, settings } }]);
  expect(rows[0]![columns.findIndex(({ head }) => head === "model")]).toBe(shown);
});
