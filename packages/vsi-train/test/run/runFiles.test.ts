import { appendFile, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import type { StepEvent } from "../../src/run/events.ts";
import { METRICS_FORM, openRunLog } from "../../src/run/runFiles.ts";

const FOLDER = temporaryFolder();

function stepEvent(step: number, reward = 0.5): StepEvent {
  return { event: "step", step, of: 100, seconds: 1, trainer_seconds: 0.9, metrics: { reward } };
}

async function newPath(): Promise<string> {
  return join(await mkdtemp(join(FOLDER, "log-")), "metrics.jsonl");
}

async function stepsIn(path: string): Promise<number[]> {
  const lines = (await readFile(path, "utf8")).split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => JSON.parse(line).step);
}

describe("openRunLog", () => {
  test("however often a run is killed, wherever its last line is cut, the log ends whole with each step once", async () => {
    // Each life: how many steps it makes, how long ago its last checkpoint was, how many bytes of the file's end are
    // lost.
    const life = fc.record({ made: fc.nat(6), since: fc.nat(3), lost: fc.nat(40) });
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 6 }), async (lives) => {
        const path = await newPath();
        let checkpoint = 0;
        for (const { made, since, lost } of lives) {
          const log = await openRunLog(path, checkpoint, METRICS_FORM);
          for (let step = checkpoint + 1; step <= checkpoint + made; step++) log.append(stepEvent(step));
          log.close();
          checkpoint = Math.max(checkpoint, checkpoint + made - since);
          // What a checkpoint covers was written before it; only what came after can be lost.
          const text = await readFile(path, "utf8");
          const covered = text.split("\n").slice(0, checkpoint).join("\n").length + 1;
          await writeFile(path, text.slice(0, Math.max(Math.min(covered, text.length), text.length - lost)));
        }
        const log = await openRunLog(path, checkpoint, METRICS_FORM);
        log.append(stepEvent(checkpoint + 1));
        log.close();
        expect(await stepsIn(path)).toEqual(Array.from({ length: checkpoint + 1 }, (_, at) => at + 1));
      }),
      { numRuns: 40 },
    );
  });

  test("a record is in the file when append returns", async () => {
    const path = await newPath();
    const log = await openRunLog(path, 0, METRICS_FORM);
    log.append(stepEvent(1));
    expect(await stepsIn(path)).toEqual([1]);
    log.close();
  });

  test("NaN and infinities come back as they were", async () => {
    const path = await newPath();
    const log = await openRunLog(path, 0, METRICS_FORM);
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const [at, reward] of odd.entries()) log.append(stepEvent(at + 1, reward));
    log.close();
    const again = await openRunLog(path, 3, METRICS_FORM);
    again.close();
    expect(again.records().map(({ metrics }) => metrics.reward)).toEqual(odd);
  });

  test("starting anew empties the file; the replaced steps are those behind the checkpoint", async () => {
    const path = await newPath();
    const log = await openRunLog(path, 0, METRICS_FORM);
    for (const step of [1, 2, 3, 4]) log.append(stepEvent(step, 0.1));
    log.close();
    const resumed = await openRunLog(path, 2, METRICS_FORM);
    resumed.append(stepEvent(3, 0.9));
    resumed.close();
    expect(resumed.records().map(({ metrics }) => metrics.reward)).toEqual([0.1, 0.1, 0.9]);
    (await openRunLog(path, 0, METRICS_FORM)).close();
    expect(await readFile(path, "utf8")).toBe("");
  });

  test("a line that was changed by hand is named, not dropped", async () => {
    const path = await newPath();
    await appendFile(
      path,
      `${METRICS_FORM.write(stepEvent(1))}\n{"event":"step"}\n${METRICS_FORM.write(stepEvent(3))}\n`,
    );
    await expect(openRunLog(path, 3, METRICS_FORM)).rejects.toMatchObject({
      code: "log-syntax",
      detail: { file: path, place: "line 2" },
    });
  });
});
