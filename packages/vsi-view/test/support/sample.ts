import { join } from "node:path";
import type { Question } from "@vsi/dataset";
import { runVsiBuild } from "@vsi/testing/commands";
import { readLines } from "@vsi/testing/jsonFiles";
import { madeOnce } from "@vsi/testing/madeOnce";

/** Sample rooms and a dataset of them, by path. */
export interface Sample {
  raw: string;
  dataset: string;
}

/** Filmed rooms in `raw`, and a dataset with their frames; whoever would change them works on a copy. */
export async function sample(): Promise<Sample> {
  const folder = await madeOnce("vsi-view-sample", async (made) => {
    const { raw, dataset } = pathsIn(made);
    await built(["samples", raw, "--rooms", "3", "--frames", "24", "--vertices", "6000", "--quiet"]);
    const frames = ["--frames", "8", "--pixels", "--quiet"];
    await built(["--scannet", raw, ...frames, "--out", dataset]);
  });
  return pathsIn(folder);
}

function pathsIn(folder: string): Sample {
  return { raw: join(folder, "raw"), dataset: join(folder, "dataset") };
}

async function built(words: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await runVsiBuild(words);
  if (exitCode !== 0) throw new Error(stderr);
}

/** All questions of a dataset, in the order of its splits and lines. */
export async function questionsOf(dataset: string): Promise<Question[]> {
  const splits = ["train", "validation", "test"].map((split) =>
    readLines<Question>(dataset, "data", `${split}.jsonl`).catch(() => []),
  );
  return (await Promise.all(splits)).flat();
}
