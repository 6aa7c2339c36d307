import { stat } from "node:fs/promises";
import { UsageError } from "@vsi/command";
import { flagKinds } from "@vsi/command/internal/program";
import { defaultsOf } from "@vsi/command/program";
import type { DatasetSplit, QuestionType } from "@vsi/dataset";
import { at, checkArguments, checkOptions, listOf, type OptionKinds, oneOf, PATH } from "@vsi/dataset/internal";
import { readStatedRooms } from "@vsi/dataset/internal/node";
import { AUDIT } from "../commands/flags.ts";
import { chooseSplits, DATASET_SPLITS, readManifest } from "../folder/datasetFolder.ts";
import { type Balance, balancesOf } from "./balance.ts";
import { type BiasedLabel, type BiasedQuestion, biasedLabels, biasedQuestions } from "./bias.ts";
import { type GuessedGroup, guessGroup, scoreSum, strongestOf } from "./guesses.ts";
import { type Interval, type Judgement, judgeGroup, meanByRoom } from "./judgement.ts";
import { type PredictorName, type PredictorRole, predictorsOf } from "./predictors.ts";
import { readQuestionFile } from "./questionFile.ts";
import { countBy, type QuestionGroup, readQuestionGroups } from "./questions.ts";

/** What the audit found in a dataset; `--json` prints it. */
export interface AuditReport extends AuditOptions {
  /** The dataset's name; a lone file's. */
  dataset: string;
  /**
   * By split, each looked at on its own: none reveals anything of another. Types in the order of QUESTION_TYPES. A lone
   * file is one split, "questions".
   */
  splits: Partial<Record<DatasetSplit | "questions", TypeAudit[]>>;
}

/**
 * Looks for what gives answers away without looking at a room: "train on the test set" (Brown et al., arXiv
 * 2511.04655). Each split is audited on its own, and each room is guessed from other rooms alone, by several blind
 * predictors (predictors.ts).
 *
 * What is slow learns from a sample: the models of candidates from 4,000 questions of a type (the regression from 6,000)
 * at even steps through the file, and mean distances from 500 scenes drawn by the seed. Every question is guessed at.
 *
 * @param path a dataset folder, or a JSONL file of questions: ours, or a benchmark's in VSI-Bench's form.
 * @param splits the splits to audit; empty for all. A lone file has none to choose.
 * @throws UsageError when the folder is not a dataset or lacks a split, DatasetError naming file and line of what cannot be read.
 *
 * @example
 * ```js
 * import { auditDataset, DEFAULT_AUDIT_OPTIONS } from "@vsi/inspect";
 *
 * const { splits } = await auditDataset("vsi-100k", ["train"], DEFAULT_AUDIT_OPTIONS);
 * console.log(splits.train.map(({ type }) => type).includes("object_counting")); // true
 * ```
 */
export async function auditDataset(
  path: string,
  splits: readonly DatasetSplit[] = [],
  given: Partial<AuditOptions> = {},
): Promise<AuditReport> {
  checkArguments("auditDataset", { path: [path, PATH], splits: [splits, SPLITS] });
  checkOptions(given, AUDIT_OPTIONS, "auditDataset");
  const options = { limit: given.limit ?? limit, seed: given.seed ?? seed };
  if (await isFile(path)) {
    if (splits.length > 0) {
      throw new UsageError(`--split: ${path} is a file, which has no splits. Leave --split out.`);
    }
    const { name, groups } = await readQuestionFile(path);
    return { dataset: name, ...options, splits: { questions: groups.map((group) => auditGroup(group, options)) } };
  }
  const manifest = await readManifest(path);
  const report: AuditReport = { dataset: manifest.name, ...options, splits: {} };
  const rooms = await readStatedRooms(path, manifest);
  for (const split of chooseSplits(manifest, splits)) {
    const groups = await readQuestionGroups(path, split, options.seed, rooms);
    report.splits[split] = groups.map((group) => auditGroup(group, options));
  }
  return report;
}

/** How well the strongest blind guess does at one question. */
export interface BlindScore {
  id: string;
  /** 0 to 1. */
  score: number;
}

/** An audit that tells of every question. */
export interface QuestionAudit {
  report: AuditReport;
  /** By split; questions that nothing was guessed at are left out. */
  blind: Partial<Record<DatasetSplit, BlindScore[]>>;
}

/** `auditDataset` of a dataset folder, which also says of each question how well it can be guessed. */
export async function auditQuestions(
  folder: string,
  splits: readonly DatasetSplit[],
  options: AuditOptions,
): Promise<QuestionAudit> {
  const manifest = await readManifest(folder);
  const { limit, seed } = options;
  const audit: QuestionAudit = { report: { dataset: manifest.name, limit, seed, splits: {} }, blind: {} };
  const rooms = await readStatedRooms(folder, manifest);
  for (const split of chooseSplits(manifest, splits)) {
    const looked = (await readQuestionGroups(folder, split, seed, rooms)).map((group) => lookAt(group, options));
    audit.report.splits[split] = looked.map(({ audit: ofType }) => ofType);
    audit.blind[split] = looked.flatMap(({ blind }) => blind);
  }
  return audit;
}

/** Whether a path is a file rather than a folder; what is not there is neither. */
export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

/** What the audit found in the questions of one type and split. */
export interface TypeAudit extends Judgement {
  type: QuestionType;
  /** "accuracy" for choices, "mean relative accuracy" for numbers; both 0 to 1. */
  measure: "accuracy" | "mean relative accuracy";
  questions: number;
  rooms: number;
  /**
   * Every way to guess with its mean score, each room guessed at from other rooms; chance first. `withinRooms` is the
   * same where each question is guessed at from all others, those about its own room too: what is higher there, one
   * question of a room tells of another. Empty for fewer than two rooms.
   */
  baselines: { name: PredictorName; role: PredictorRole; score: Interval; withinRooms: number }[];
  /** The best way to guess from all other questions, with its mean score; null without guesses. */
  withinRooms: { name: PredictorName; score: number } | null;
  balances: Balance[];
  /** How often each answer is right: numbers ascending, words by their count, at most 40 of these. */
  answers: { answer: string; count: number }[];
  biasedLabels: BiasedLabel[];
  biasedQuestions: BiasedQuestion[];
}

/** A chart has room for 40 bars; orders of appearance have thousands of answers. */
const MOST_ANSWERS = 40;

/** Looks at the questions of one type: can they be answered without the pictures? */
export function auditGroup(group: QuestionGroup, options: AuditOptions): TypeAudit {
  return lookAt(group, options).audit;
}

function lookAt(group: QuestionGroup, { seed, limit }: AuditOptions): { audit: TypeAudit; blind: BlindScore[] } {
  const { type, kind, questions } = group;
  const rooms = questions.map(({ room }) => room);
  const predictors = predictorsOf(group);
  const guessed = guessGroup(group, String(seed), "rooms", predictors);
  const within = guessGroup(group, String(seed), "questions", predictors);
  const best = strongestOf(within.guesses);
  const audit: TypeAudit = {
    type,
    measure: kind === "number" ? "mean relative accuracy" : "accuracy",
    questions: questions.length,
    rooms: new Set(rooms).size,
    ...judgeGroup(guessed, rooms, limit),
    baselines: baselinesOf(guessed, within, rooms),
    withinRooms: best === null ? null : { name: best.name, score: scoreSum(best) / questions.length },
    balances: balancesOf(group),
    answers: answersOf(group),
    biasedLabels: biasedLabels(group, guessed),
    biasedQuestions: biasedQuestions(group, guessed),
  };
  // Chance is no guess at a question.
  const strongest = strongestOf(guessed.guesses.filter(({ answers }) => answers !== null));
  const blind =
    strongest === null ? [] : questions.map(({ id }, index) => ({ id, score: at(strongest.scores, index) }));
  return { audit, blind };
}

function baselinesOf(guessed: GuessedGroup, within: GuessedGroup, rooms: readonly string[]): TypeAudit["baselines"] {
  return guessed.guesses.map(({ name, role, scores }, index) => ({
    name,
    role,
    score: meanByRoom(scores, rooms),
    withinRooms: scoreSum(at(within.guesses, index)) / rooms.length,
  }));
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

const { limit, seed } = defaultsOf(AUDIT.flags);

const { limit: LIMIT, seed: SEED } = flagKinds(AUDIT.flags);

const AUDIT_OPTIONS: OptionKinds<AuditOptions> = { limit: LIMIT, seed: SEED };

const SPLITS = listOf(oneOf(DATASET_SPLITS), `a list of some of ${DATASET_SPLITS.join(", ")}`);

/** The defaults of the audit's options. */
export const DEFAULT_AUDIT_OPTIONS: AuditOptions = { limit, seed };
