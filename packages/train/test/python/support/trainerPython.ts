import { afterAll, describe, test } from "@jest/globals";
import { removeTemporaryFolders } from "./temporaryFolder.ts";

/** The Python that has the worker's packages, from VSI_TRAINER_PYTHON; undefined where `vsi-train setup` was not run. */
export const trainerPython: string | undefined = process.env.VSI_TRAINER_PYTHON;

const REASON =
  "VSI_TRAINER_PYTHON is not set to a Python with packages/train/python/vsi_trainer/requirements.txt installed";

/** `describe` for tests that need the trainer's Python: without it they are skipped with a printed reason, or fail with VSI_REQUIRE_TRAINER=1. */
export function describeTrainer(name: string, tests: () => void): void {
  if (trainerPython !== undefined) {
    describe(name, () => {
      afterAll(removeTemporaryFolders);
      tests();
    });
  } else if (process.env.VSI_REQUIRE_TRAINER === "1") {
    test(name, () => {
      throw new Error(`${REASON}, and VSI_REQUIRE_TRAINER=1 forbids to skip: ${name}`);
    });
  } else {
    // Not console.warn: Jest does not show what a file prints whose tests are all skipped.
    process.stderr.write(`skipped: ${name}: ${REASON}\n`);
    describe.skip(name, tests);
  }
}
