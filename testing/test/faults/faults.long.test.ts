import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runVsiBuild } from "../../src/commands.ts";
import { SCENARIOS } from "../../src/faults/scenarios.ts";
import { prepare, type Stage, tryFault } from "../../src/faults/tryFault.ts";
import { temporaryFolder } from "../../src/folders.ts";

/**
 * Places for a kill, spread over all operations, and one for a full disk. `npm run test:faults` tries every operation
 * of every scenario; here are those whose publication replaces or adds to what is there.
 */
const KILLS = 4;
const FULL_DISKS = 1;

/** The run that is to finish the other's work: as all commands of suites, in the process that is there for them. */
const runWhole = (command: string, cwd: string) => runVsiBuild(command.split(" "), { cwd });

describe.each(SCENARIOS.filter(({ name }) => ["build", "overwrite", "merge", "samples"].includes(name)))(
  "$name",
  (scenario) => {
    const folder = temporaryFolder();
    let stage: Stage;

    beforeAll(async () => {
      stage = await prepare(scenario, folder);
    });

    afterAll(() => rm(folder, { recursive: true, force: true }));

    /** The last ones are the moves into place, where most can go wrong. */
    const places = (count: number): number[] =>
      Array.from({ length: count }, (_, place) => Math.floor(((place + 1) / (count + 1)) ** 0.5 * stage.operations));

    test.each(["kill", "full"] as const)("%s anywhere: the same command comes to the same bytes", async (mode) => {
      for (const at of places(mode === "kill" ? KILLS : FULL_DISKS)) {
        expect({ at, problem: await tryFault(stage, at, mode, folder, runWhole) }).toEqual({ at, problem: null });
      }
    });
  },
);
