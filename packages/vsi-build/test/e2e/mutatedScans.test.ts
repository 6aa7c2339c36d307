import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Reject } from "@vsi/dataset";
import { validateQuestion, validateReject, validateScene } from "@vsi/dataset/validate";
import { makeRoom } from "@vsi/synth";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import { DEFAULT_BUILD_OPTIONS } from "../../src/options.ts";
import { type ProcessScanOptions, processOptions, processScan } from "../../src/pipeline/processScan.ts";
import { type Mutation, mutateBytes, mutations } from "../support/mutateBytes.ts";

const SCAN_ID = "scene9000_00";

/** 6000: small enough for hundreds of runs, large enough for this room. */
const VERTICES = 6000;

/** The codes that @vsi/geometry and @vsi/questions document for a scan begin so; "unexpected-error" does not. */
const KNOWN_CODE =
  /^(ply|segs|aggregation|scan-info|file|facts|room)-[a-z-]+$|^(mesh|segments)-missing$|^segment-missing$|^object-without-vertices$/;

describe("a scan with a mutated file", () => {
  const folder = temporaryFolder();
  const { files } = makeRoom({ sceneName: SCAN_ID, seed: 2, shape: "rectangle", vertexCount: VERTICES });
  const names = Object.keys(files);
  let options: ProcessScanOptions;
  const outcomes = { read: 0, skipped: 0 };

  beforeAll(async () => {
    options = await processOptions(DEFAULT_BUILD_OPTIONS);
    await mkdir(join(folder, SCAN_ID));
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, SCAN_ID, name), bytes);
  });

  async function checkOutcome(name: string, mutation: Mutation): Promise<void> {
    const path = join(folder, SCAN_ID, name);
    await writeFile(path, mutateBytes(files[name]!, mutation));
    const rejects: Reject[] = [];
    const result = await processScan(
      { kind: "raw", folder: { scanId: SCAN_ID, path: join(folder, SCAN_ID), isTestFolder: false } },
      options,
      null,
      (reject) => rejects.push(reject),
    );
    await writeFile(path, files[name]!);
    outcomes[result.status] += 1;
    if (result.status === "skipped") {
      expect(result.reject.code).toMatch(KNOWN_CODE);
      expect(result.reject.message).not.toContain("\n");
      validateReject(result.reject, { file: name });
      return;
    }
    validateScene(result.facts, { file: name });
    for (const question of result.questions) {
      validateQuestion(question, { file: name });
      const isNumber =
        question.question_type !== "object_rel_distance" && question.question_type !== "object_rel_direction_easy";
      if (isNumber) expect(question.ground_truth).toMatch(/^\d+(\.\d)?$/);
      else expect(question.ground_truth).toMatch(/\S/);
    }
    for (const reject of rejects) validateReject(reject, { file: name });
  }

  test("is left out under a known code or gives finite answers and valid questions", async () => {
    const anyMutation = fc.tuple(fc.constantFrom(...names), mutations(Object.values(files)));
    await fc.assert(
      fc.asyncProperty(anyMutation, ([name, mutation]) => checkOutcome(name, mutation)),
      { numRuns: 150 },
    );
    // Otherwise the mutations are too harsh or too mild to say anything.
    expect(outcomes.read).toBeGreaterThan(10);
    expect(outcomes.skipped).toBeGreaterThan(10);
  });
});
