import { join } from "node:path";
import { type Evidence, QUESTION_TYPES, type QuestionType, validateQuestion, validateReject } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import { checkDatasetFolder } from "../reading/checkDatasetFolder.ts";
import { listDatasetFiles, REJECTS_FILE, splitFile, splitOfFile } from "../reading/datasetFiles.ts";
import { type Summary, summaryOf } from "./summary.ts";

/** One question type in one split. */
export interface TypeStats {
  questions: number;
  /** Questions in a scene of the split, scenes without any counted as 0. */
  perScene: Summary;
  /** The answers where they are numbers, in `unit`; null where they are words. */
  numbers: Summary | null;
  /** Of the numbers; null where the answers are words. */
  unit: Evidence["unit"];
  /** The number of questions by answer, the most frequent first; null where the answers are numbers. */
  words: Record<string, number> | null;
}

/** What is in a dataset folder. */
export interface DatasetStats {
  dataset: string;
  /** By split that has a file; types in the order of QUESTION_TYPES. */
  splits: Record<string, { scenes: number; questions: number; types: Partial<Record<QuestionType, TypeStats>> }>;
  /** Candidates that were drawn and refused, by type, then by reason code. */
  refused: Partial<Record<QuestionType, Record<string, number>>>;
  /** Scans that were left out, by reason code. */
  scansSkipped: Record<string, number>;
}

/**
 * Counts a dataset's questions, answers and rejects.
 *
 * @throws UsageError for a path that is not a finished dataset, DatasetError for a line that is no record.
 */
export async function datasetStats(folder: string): Promise<DatasetStats> {
  await checkDatasetFolder(folder);
  const splits: DatasetStats["splits"] = {};
  for (const file of await listDatasetFiles(folder)) {
    const split = splitOfFile(file);
    if (split !== null) splits[split] = await splitStats(folder, split);
  }
  return { dataset: folder, splits, ...(await rejectStats(folder)) };
}

interface Answers {
  byScene: Map<string, number>;
  texts: Map<string, number>;
  unit: Evidence["unit"];
  areNumbers: boolean;
}

async function splitStats(folder: string, split: string): Promise<DatasetStats["splits"][string]> {
  const file = splitFile(split);
  const scenes = new Set<string>();
  const byType = new Map<QuestionType, Answers>();
  let questions = 0;
  for await (const { line, record } of readJsonl(join(folder, file))) {
    validateQuestion(record, { file: join(folder, file).replaceAll("\\", "/"), place: `line ${line}` });
    const { question_type: type, scene_name, ground_truth, evidence } = record;
    questions += 1;
    scenes.add(scene_name);
    let answers = byType.get(type);
    if (!answers) {
      // Only questions with a margin are answered by a choice.
      answers = { byScene: new Map(), texts: new Map(), unit: evidence.unit, areNumbers: evidence.margin === null };
      byType.set(type, answers);
    }
    increase(answers.byScene, scene_name);
    increase(answers.texts, ground_truth);
  }
  const types = QUESTION_TYPES.flatMap((type) => {
    const answers = byType.get(type);
    return answers === undefined ? [] : [[type, typeStats(answers, scenes.size)] as const];
  });
  return { scenes: scenes.size, questions, types: Object.fromEntries(types) };
}

function typeStats({ byScene, texts, unit, areNumbers }: Answers, scenes: number): TypeStats {
  const perScene = [...byScene.values(), ...Array<number>(scenes - byScene.size).fill(0)];
  const ordered = [...texts].sort(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1));
  const numbers = areNumbers ? ordered.flatMap(([text, count]) => Array<number>(count).fill(Number(text))) : [];
  return {
    questions: perScene.reduce((sum, count) => sum + count, 0),
    perScene: summaryOf(perScene)!,
    numbers: summaryOf(numbers),
    unit: areNumbers ? unit : null,
    words: areNumbers ? null : Object.fromEntries(ordered),
  };
}

async function rejectStats(folder: string): Promise<Pick<DatasetStats, "refused" | "scansSkipped">> {
  const byType = new Map<QuestionType | null, Map<string, number>>();
  const path = join(folder, REJECTS_FILE);
  for await (const { line, record } of readJsonl(path)) {
    validateReject(record, { file: path.replaceAll("\\", "/"), place: `line ${line}` });
    const codes = byType.get(record.question_type) ?? new Map<string, number>();
    byType.set(record.question_type, codes);
    increase(codes, record.code);
  }
  const sorted = (codes: ReadonlyMap<string, number> | undefined) =>
    Object.fromEntries([...(codes ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)));
  const refused = QUESTION_TYPES.filter((type) => byType.has(type)).map((type) => [type, sorted(byType.get(type))]);
  return { refused: Object.fromEntries(refused), scansSkipped: sorted(byType.get(null)) };
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
