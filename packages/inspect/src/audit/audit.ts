import type { DatasetSplit, QuestionType } from "@vsi/dataset";
import { chooseSplits, readManifest } from "../folder/datasetFolder.ts";
import { type Balance, balancesOf } from "./balance.ts";
import type { BaselineName, BaselineRole } from "./baselines.ts";
import { type BiasedLabel, type BiasedQuestion, biasedLabels, biasedQuestions } from "./bias.ts";
import { guessGroup } from "./guesses.ts";
import { type Interval, type Judgement, judgeGroup, meanByRoom } from "./judgement.ts";
import { countBy, type QuestionGroup, readQuestionGroups } from "./questions.ts";

/** What the audit found in a dataset; `--json` prints it. */
export interface AuditReport extends AuditOptions {
  /** The dataset's name. */
  dataset: string;
  /** By split, each looked at on its own: none reveals anything of another. Types in the order of QUESTION_TYPES. */
  splits: Partial<Record<DatasetSplit, TypeAudit[]>>;
}

/**
 * Looks for what gives answers away without looking at a room: "train on the test set" (Brown et al., arXiv
 * 2511.04655). Each split is audited on its own, and each room is guessed from other rooms alone.
 *
 * @param splits the splits to audit; empty for all.
 * @throws UsageError when the folder is not a dataset or lacks a split, DatasetError naming file and line of what cannot be read.
 */
export async function auditDataset(
  folder: string,
  splits: readonly DatasetSplit[],
  options: AuditOptions,
): Promise<AuditReport> {
  const manifest = await readManifest(folder);
  const report: AuditReport = { dataset: manifest.name, limit: options.limit, seed: options.seed, splits: {} };
  for (const split of chooseSplits(manifest, splits)) {
    const groups = await readQuestionGroups(folder, split);
    report.splits[split] = groups.map((group) => auditGroup(group, options));
  }
  return report;
}

/** What the audit found in the questions of one type and split. */
export interface TypeAudit extends Judgement {
  type: QuestionType;
  /** "accuracy" for choices, "mean relative accuracy" for numbers; both 0 to 1. */
  measure: "accuracy" | "mean relative accuracy";
  questions: number;
  rooms: number;
  /** Every way to guess with its mean score; chance first, the blind predictor last. Empty for fewer than two rooms. */
  baselines: { name: BaselineName; role: BaselineRole; score: Interval }[];
  balances: Balance[];
  /** How often each answer is right: numbers ascending, words by their count, at most 40 of these. */
  answers: { answer: string; count: number }[];
  biasedLabels: BiasedLabel[];
  biasedQuestions: BiasedQuestion[];
}

/** A chart has room for 40 bars; orders of appearance have thousands of answers. */
const MOST_ANSWERS = 40;

/** Looks at the questions of one type: can they be answered without the pictures? */
export function auditGroup(group: QuestionGroup, { seed, limit }: AuditOptions): TypeAudit {
  const { type, kind, questions } = group;
  const rooms = questions.map(({ room }) => room);
  const guessed = guessGroup(group, String(seed));
  return {
    type,
    measure: kind === "number" ? "mean relative accuracy" : "accuracy",
    questions: questions.length,
    rooms: new Set(rooms).size,
    ...judgeGroup(guessed, rooms, limit),
    baselines: guessed.guesses.map(({ name, role, scores }) => ({ name, role, score: meanByRoom(scores, rooms) })),
    balances: balancesOf(group),
    answers: answersOf(group),
    biasedLabels: biasedLabels(group, guessed),
    biasedQuestions: biasedQuestions(group, guessed),
  };
}

function answersOf({ kind, questions }: QuestionGroup): TypeAudit["answers"] {
  const counts = [...countBy(questions.map(({ truth }) => truth))].map(([answer, count]) => ({ answer, count }));
  if (kind === "number") return counts.sort((a, b) => Number(a.answer) - Number(b.answer));
  return counts.sort((a, b) => b.count - a.count || (a.answer < b.answer ? -1 : 1)).slice(0, MOST_ANSWERS);
}

/** How the audit looks for shortcuts. */
export interface AuditOptions {
  /**
   * By how much, as a share of 1, a guess made without looking may be better than chance (choices) or than plain
   * knowledge of how large things are (numbers).
   */
  limit: number;
  /** Decides which rooms are held out together. */
  seed: number;
}

/** The defaults of the audit's options. */
export const DEFAULT_AUDIT_OPTIONS: AuditOptions = {
  // Five questions in 100. With 300 rooms the interval is about as wide: a smaller excess could be luck.
  limit: 0.05,
  seed: 0,
};
