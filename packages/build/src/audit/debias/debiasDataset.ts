import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UsageError } from "@vsi/command";
import type { DatasetSplit, QuestionType } from "@vsi/dataset";
import { explainFileError } from "../../output/explainFileError.ts";
import { openOutputFolder } from "../../output/outputFolder.ts";
import { packageVersion } from "@vsi/command";
import { publish } from "../../output/publish.ts";
import { type DroppedQuestion, writeSubset } from "../../output/writeSubset.ts";
import type { AuditOptions } from "../auditOptions.ts";
import { readQuestionGroups } from "../questions/readQuestionGroups.ts";
import { chooseSplits, readManifest } from "../readManifest.ts";
import type { Interval } from "../scores/meanByRoom.ts";
import { type PrunedGroup, pruneGroup } from "./pruneGroup.ts";

export interface DebiasOptions extends AuditOptions {
  /** The dataset folder to write. */
  out: string;
  /** The splits to debias, the others are taken as they are; none for all. */
  splits: readonly DatasetSplit[];
  /** Replace a dataset that was written earlier. */
  overwrite: boolean;
}

/** What debiasing one type of one split cost and brought. */
export interface TypeDebias {
  type: QuestionType;
  questions: number;
  dropped: number;
  /** By how much the best shortcut beat chance (choices) or plain knowledge (numbers), before and after; null when too few rooms. */
  excessBefore: Interval | null;
  excessAfter: Interval | null;
  /** Whether it is under the limit now. A type that would lose more than nine tenths is left as it is. */
  reached: boolean;
}

/** What debiasing did; `--json` prints it. */
export interface DebiasReport extends AuditOptions {
  dataset: string;
  out: string;
  splits: Partial<Record<DatasetSplit, TypeDebias[]>>;
}

/**
 * Writes a dataset folder without the questions that give too much away. Each split is debiased on its own, so that no split
 * tells of another. The same folder and options give the same bytes.
 *
 * @throws UsageError when the folder is no dataset or `out` is in the way, DatasetError for what cannot be read or written.
 */
export async function debiasDataset(folder: string, options: DebiasOptions): Promise<DebiasReport> {
  const { out, limit, seed, overwrite } = options;
  if (resolve(folder) === resolve(out)) {
    throw new UsageError(`--out ${out}: is the dataset that is read. Choose another folder.`);
  }
  const manifest = await readManifest(folder);
  const report: DebiasReport = { dataset: manifest.name, limit, seed, out, splits: {} };
  const dropped = new Map<DatasetSplit, Map<string, DroppedQuestion>>();
  for (const split of chooseSplits(manifest, options.splits)) {
    const ofSplit = new Map<string, DroppedQuestion>();
    const types: TypeDebias[] = [];
    for (const group of await readQuestionGroups(folder, split)) {
      const pruned = pruneGroup(group, options);
      for (const [id, excess] of pruned.dropped) ofSplit.set(id, droppedQuestion(excess, limit, pruned));
      types.push({
        type: group.type,
        questions: group.questions.length,
        dropped: pruned.dropped.size,
        excessBefore: pruned.before.excess,
        excessAfter: pruned.after.excess,
        reached: pruned.reached,
      });
    }
    report.splits[split] = types;
    dropped.set(split, ofSplit);
  }
  const settings = { debias: { limit, seed, splits: [...dropped.keys()], version: await packageVersion(new URL("../../../package.json", import.meta.url)) } };
  try {
    const target = await openOutputFolder(out, {
      resume: false,
      overwrite,
      firstFiles: (await readdir(join(folder, "scenes"))).map((name) => `scenes/${name}`),
      settings: JSON.stringify(settings),
    });
    await writeSubset(target, { source: folder, manifest, dropped, settings });
    await publish(target);
  } catch (error) {
    throw explainFileError(error, out);
  }
  return report;
}

function droppedQuestion(excess: number, limit: number, { before }: PrunedGroup): DroppedQuestion {
  return {
    code: "debias",
    message: `The ${before.shortcut} answers too many questions of this type without looking, this one among them.`,
    value: excess,
    limit,
  };
}
