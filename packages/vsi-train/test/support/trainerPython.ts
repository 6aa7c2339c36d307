import { afterAll, describe, test } from "@jest/globals";
import { findTrainerPython } from "../../src/environment/trainerPython.ts";
import { removeNewFolders } from "./temporaryFolder.ts";

const found = await findTrainerPython();

/** The Python that has the worker's packages, as the command finds it: VSI_TRAINER_PYTHON, or what `vsi-train setup` made. */
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
      afterAll(removeNewFolders);
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
