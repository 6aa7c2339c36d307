import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { DEFAULT_SETUP_OPTIONS } from "../../src/environment/setup.ts";
import { findTrainerPython, pythonEnvironment } from "../../src/environment/trainerPython.ts";

const FOLDER = temporaryFolder();

describe("findTrainerPython", () => {
  test("VSI_TRAINER_PYTHON comes first; one that is not there is said to be missing", async () => {
    const where = { requirements: DEFAULT_SETUP_OPTIONS.requirements, cache: FOLDER };
    expect(await findTrainerPython(where, { VSI_TRAINER_PYTHON: process.execPath })).toEqual({
      python: process.execPath,
    });
    const nowhere = join(FOLDER, "nowhere");
    expect(await findTrainerPython(where, { VSI_TRAINER_PYTHON: nowhere })).toEqual({
      missing: expect.stringContaining(nowhere),
    });
    expect(await findTrainerPython(where, { VSI_TRAINER_PYTHON: "" })).toEqual({
      missing: expect.stringContaining("setup --cpu"),
    });
  });
});

test("regression: TRL told the hub of each training, where SECURITY.md says that nothing does", () => {
  expect(pythonEnvironment({ PATH: "/bin" }).DO_NOT_TRACK).toBe("1");
  expect(pythonEnvironment({ DO_NOT_TRACK: "0" }).DO_NOT_TRACK).toBe("0");
});
