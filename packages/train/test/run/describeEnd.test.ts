import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { RunEnd } from "../../src/monitor/monitorRun.ts";
import { describeEnd } from "../../src/run/describeEnd.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const FOLDER = temporaryFolder();
const NOTHING: RunEnd = { alarm: null, done: null, interrupted: null, error: null };

async function describe(own: Partial<RunEnd>, exitCode: number, isStopped = false): Promise<[string, string]> {
  const run = await mkdtemp(join(FOLDER, "run-"));
  await writeFile(join(run, "worker.log"), "Traceback\nOutOfMemoryError: no memory\n");
  return describeEnd({ run, end: { ...NOTHING, ...own }, exitCode, isStopped });
}

test("a run that is done says where its result is, and how to see it", async () => {
  const [level, text] = await describe({ done: { step: 9, path: "runs/a/model" } }, 0);
  expect([level, text]).toEqual(["info", expect.stringMatching(/step 9: runs\/a\/model\. .*vsi-train report /)]);
});

test("a stopped run says how to go on, with a checkpoint of its own or without", async () => {
  const saved = await describe({ interrupted: { step: 4, path: "checkpoint-4" } }, 143, true);
  expect(saved).toEqual(["info", expect.stringMatching(/step 4, with the checkpoint checkpoint-4\. .*--resume/)]);
  expect(await describe({}, 130, true)).toEqual(["info", expect.stringMatching(/without a checkpoint.*--resume/)]);
});

test("a failure shows the end of the log only where the worker did not say why", async () => {
  const [level, silent] = await describe({}, 137);
  expect(level).toBe("error");
  expect(silent).toMatch(/exit code 137[\s\S]*worker\.log[\s\S]*OutOfMemoryError: no memory/);
  const [, explained] = await describe({ error: "no memory" }, 1);
  expect(explained).toMatch(/exit code 1; all that it printed is in .*worker\.log$/);
});
