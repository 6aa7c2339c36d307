import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "@vsi/command";
import { type DatasetSplit, type Manifest, type QuestionType, validateManifest } from "@vsi/dataset";
import { type Interval, meanByRoom } from "./answerScores.ts";
import { type Balance, balancesOf } from "./balance.ts";
import { type BaselineName, type BaselineRole, countBy } from "./baselines.ts";
import { type BiasedLabel, type BiasedQuestion, biasedLabels, biasedQuestions } from "./bias.ts";
import { type QuestionGroup, readQuestionGroups } from "./questions.ts";
import { guessGroup, type Judgement, judgeGroup } from "./scores.ts";

/** What the audit found in a dataset; `--json` prints it. */
export interface AuditReport extends AuditOptions {
  /** The dataset's name. */
  dataset: string;
  /** By split; a split is looked at on its own, so that none tells of another. Types in the order of QUESTION_TYPES. */
  splits: Partial<Record<DatasetSplit, TypeAudit[]>>;
}

/**
 * Looks for what gives answers away without looking at a room: "train on the test set" (Brown et al., arXiv 2511.04655), in each
 * split on its own, each room guessed at from other rooms alone.
 *
 * @param splits the splits to look at; none for all.
 * @throws UsageError when the folder is no dataset or lacks a split, DatasetError naming file and line of what cannot be read.
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

/** 40 bars are as many as a page shows; orders of appearance have thousands of answers. */
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
  // Of 100 questions five: with 300 rooms the interval is about as wide, so that less could not be told from luck.
  limit: 0.05,
  seed: 0,
};

/** Splits in the order of every table. */
const SPLITS: readonly DatasetSplit[] = ["train", "validation", "test"];

/**
 * The manifest of a dataset folder.
 * @throws UsageError when the folder is no dataset, DatasetError when its manifest breaks the schema.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, "manifest.json");
  const refuse = (got: string): never => {
    throw new UsageError(
      `${folder}: got ${got}, expected a dataset folder with its manifest.json. Give the --out of a build.`,
    );
  };
  const text = await readFile(file, "utf8").catch(() => refuse("no manifest.json that can be read"));
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    refuse(`a manifest.json with the error "${(error as Error).message}"`);
  }
  validateManifest(manifest, { file });
  return manifest;
}

/**
 * The splits to look at: those asked for, else all that the dataset has.
 * @throws UsageError for a split that the dataset has not.
 */
export function chooseSplits(manifest: Manifest, asked: readonly DatasetSplit[]): DatasetSplit[] {
  const there = SPLITS.filter((split) => manifest.counts.questions[split] !== undefined);
  const missing = asked.find((split) => !there.includes(split));
  if (missing !== undefined) {
    throw new UsageError(`--split ${missing}: the dataset has ${there.join(" and ")}. Name one of these.`);
  }
  return asked.length === 0 ? there : there.filter((split) => asked.includes(split));
}
