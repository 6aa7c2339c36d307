import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "@jest/globals";
import { findTrainerPython } from "vsi-train";

const made: string[] = [];

/** An empty folder for one test of describeTrainer, removed after all of them: a checkpoint is some 10 MB. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "vsi-trainer-"));
  made.push(folder);
  return folder;
}

const found = await findTrainerPython();

/**
 * The Python that has the worker's packages, as the command finds it: VSI_TRAINER_PYTHON, or what `vsi-train setup`
 * made.
 */
export const trainerPython: string | undefined = "python" in found ? found.python : undefined;

/** What is missing and what to type; null when nothing is. */
export const trainerMissing: string | null = "missing" in found ? found.missing : null;

/**
 * `describe` for tests that need the trainer's Python: without it they are skipped with a printed reason, or fail with VSI_REQUIRE_TRAINER=1.
 * @param missing what the tests lack; null when they can run.
 */
export function describeTrainer(name: string, tests: () => void, missing: string | null = trainerMissing): void {
  if (missing === null) {
    describe(name, () => {
      afterAll(() => Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))));
      tests();
    });
  } else if (process.env.VSI_REQUIRE_TRAINER === "1") {
    test(name, () => {
      throw new Error(`VSI_REQUIRE_TRAINER=1 forbids to skip "${name}". ${missing}`);
    });
  } else {
    // Not console.warn: Jest does not show what a file prints whose tests are all skipped.
    process.stderr.write(`skipped: ${name}: ${missing}\n`);
    describe.skip(name, tests);
  }
}
