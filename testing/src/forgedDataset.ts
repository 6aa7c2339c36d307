import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect } from "@jest/globals";
import { writeChecksums } from "@vsi/dataset/node";
import { type Problem, type VerifyOptions, verifyDataset } from "@vsi/inspect";
import { runVsiBuild } from "./commands.ts";
import { temporaryFolder } from "./folders.ts";
import { madeOnce, placeOf } from "./madeOnce.ts";

/** A healthy dataset with questions of every type, and a forger who writes the checksums anew. */
export interface ForgedDataset {
  /** The healthy dataset's folder, there once the tests begin, and read by other suites too: change a copy. */
  healthy: string;
  /** What verify finds in a copy of the dataset that `forge` has changed. */
  problemsAfter: (forge: (copy: string) => Promise<unknown>, options?: VerifyOptions) => Promise<Problem[]>;
}

/** The dataset is there before the tests of the describe block that calls this; all suites share it. */
export function forgedDataset(): ForgedDataset {
  const folder = temporaryFolder();
  const healthy = join(placeOf(NAME), "healthy");

  beforeAll(() => madeOnce(NAME, build));

  const problemsAfter: ForgedDataset["problemsAfter"] = async (forge, options = {}) => {
    const copy = join(folder, "copy");
    await cp(healthy, copy, { recursive: true });
    await forge(copy);
    await writeChecksums(copy);
    const { problems } = await verifyDataset(copy, options);
    await rm(copy, { recursive: true });
    return problems;
  };
  return { healthy, problemsAfter };
}

const NAME = "forged-dataset";

async function build(folder: string): Promise<void> {
  const raw = join(folder, "raw");
  // Ten seconds of film: first appearances a second apart need time.
  const samples = await runVsiBuild(["samples", raw, "--rooms", "2", "--seed", "11", "--frames", "300"]);
  expect(samples).toMatchObject({ exitCode: 0 });
  const words = "--protocol vsi-bench --labels raw --frames 16 --min-visible-pixels 20 --quiet".split(" ");
  const built = await runVsiBuild(["--scannet", raw, "--out", join(folder, "healthy"), ...words]);
  expect(built).toMatchObject({ exitCode: 0 });
}
