import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { explainFileError, openOutputFolder, publish, UsageError } from "@vsi/command";
import { overlap } from "@vsi/command/internal";
import { packageVersion } from "@vsi/command/program";
import type { DatasetSplit, QuestionType } from "@vsi/dataset";
import { at, isRecord } from "@vsi/dataset/internal";
import { readStatedRooms } from "@vsi/dataset/internal/node";
import { hashFolder } from "@vsi/dataset/node";
import { DATASET_FILES, DATASET_IDENTITY, type DroppedQuestion, writeSubset } from "@vsi/publish";
import { checkDatasetFolder, chooseSplits, readManifest } from "../folder/datasetFolder.ts";
import type { AuditOptions } from "./audit.ts";
import { beliefsIn, differences, type GuessedGroup, type Guesses, guessGroup } from "./guesses.ts";
import { allowedExcess, type Interval, type Judgement, judgeGroup } from "./judgement.ts";
import { type PredictorName, predictorsOf } from "./predictors.ts";
import { type QuestionGroup, readQuestionGroups } from "./questions.ts";

interface DebiasOptions extends AuditOptions {
  /** The dataset folder to write. */
  out: string;
  /** The splits to debias, empty for all; the others are copied as they are. */
  splits: readonly DatasetSplit[];
  /** Replace a dataset that was written earlier. */
  overwrite: boolean;
  /** Finish what was interrupted: nothing is kept of it, so that it begins again. */
  resume?: boolean;
}

type ChooseDropped = typeof chooseDropped;

/** What debiasing one type of one split cost and brought. */
interface TypeDebias {
  type: QuestionType;
  questions: number;
  dropped: number;
  /** By how much the best shortcut beats chance (choices) or plain knowledge (numbers); null with too few rooms. */
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

/** Whether a value is such a report: an interrupted publication keeps it in a file that anyone may have changed. */
function isDebiasReport(value: unknown): value is DebiasReport {
  if (!isRecord(value) || typeof value.dataset !== "string" || typeof value.limit !== "number") return false;
  return (
    isRecord(value.splits) &&
    Object.values(value.splits).every((types) => Array.isArray(types) && types.every(isTypeDebias))
  );
}

function isTypeDebias(value: unknown): value is TypeDebias {
  if (!isRecord(value)) return false;
  const isExcess = (excess: unknown): boolean =>
    excess === null ||
    (isRecord(excess) &&
      [excess.mean, excess.low, excess.high].every((number) => number === null || typeof number === "number"));
  return (
    typeof value.type === "string" &&
    typeof value.questions === "number" &&
    typeof value.dropped === "number" &&
    typeof value.reached === "boolean" &&
    isExcess(value.excessBefore) &&
    isExcess(value.excessAfter)
  );
}

/**
 * Writes a dataset folder without the questions that give too much away. Each split is debiased on its own, so that
 * none reveals anything of another. The same folder and options give the same bytes.
 *
 * @param choose computes what is dropped; a command does that in a thread.
 * @throws UsageError when the folder is not a dataset or `out` is in the way, DatasetError for what cannot be read or written.
 */
export async function debiasDataset(
  folder: string,
  options: DebiasOptions,
  choose: ChooseDropped = chooseDropped,
): Promise<DebiasReport> {
  const { out, limit, seed, overwrite } = options;
  if (await overlap(folder, out)) {
    throw new UsageError(
      `--out ${out}: is the input dataset, or inside it, or contains it. Choose a folder elsewhere.`,
    );
  }
  await checkDatasetFolder(folder);
  const manifest = await readManifest(folder);
  const splits = chooseSplits(manifest, options.splits);
  const version = await packageVersion(new URL("../../package.json", import.meta.url));
  const settings = { debias: { limit, seed, splits, version } };
  const target = await openOutputFolder(out, {
    command: "vsi-build audit --debias",
    identity: DATASET_IDENTITY,
    resume: options.resume ?? false,
    overwrite,
    beginsAgain: true,
    isReport: isDebiasReport,
    firstFiles: [...DATASET_FILES, ...(await readdir(join(folder, "scenes"))).map((name) => `scenes/${name}`)],
    settings: JSON.stringify({ ...settings, source: [...(await hashFolder(join(folder, "data")))] }),
  }).catch((error: unknown) => {
    throw explainFileError(error, out);
  });
  try {
    if (target.finished !== undefined) return { ...(target.finished as DebiasReport), out };
    const { report, dropped } = await choose(folder, splits, { ...options, dataset: manifest.name });
    await writeSubset(target, { source: folder, manifest, dropped, settings });
    await publish(target, report);
    return report;
  } catch (error) {
    throw explainFileError(error, out);
  } finally {
    target.release();
  }
}

type Dropped = Map<DatasetSplit, Map<string, DroppedQuestion>>;

/** What goes from each split, and what that costs and brings. */
export async function chooseDropped(
  folder: string,
  splits: readonly DatasetSplit[],
  options: DebiasOptions & { dataset: string },
): Promise<{ report: DebiasReport; dropped: Dropped }> {
  const { dataset, limit, seed, out } = options;
  const report: DebiasReport = { dataset, limit, seed, out, splits: {} };
  const dropped: Dropped = new Map();
  const rooms = await readStatedRooms(folder, await readManifest(folder));
  for (const split of splits) {
    const ofSplit = new Map<string, DroppedQuestion>();
    const types: TypeDebias[] = [];
    for (const group of await readQuestionGroups(folder, split, seed, rooms)) {
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
  return { report, dropped };
}

function droppedQuestion(excess: number, limit: number, { before }: PrunedGroup): DroppedQuestion {
  return {
    code: "debias",
    message:
      before.verdict === "below chance"
        ? `The ${before.shortcut} is wrong on more questions of this type than chance allows, including this one.`
        : `The ${before.shortcut} answers too many questions of this type without looking, including this one.`,
    value: excess,
    limit,
  };
}

/** The part of what seems needed that a round drops: the answers' balance shifts, and the rest must be guessed anew. */
const PART_OF_NEEDED = 0.5;

/** The minimum share of the questions that a round drops, so that the last rounds do not take for ever. */
const SMALLEST_STEP = 0.002;

/** The aim as a part of what is allowed: a little below it, for the same reason. */
const AIM = 0.9;

/** Maximum number of rounds. As each halves the excess, far fewer are needed. */
const MOST_ROUNDS = 40;

/** A type that would lose more than this share would be emptied rather than debiased: it stays as it is. */
const LARGEST_LOSS = 0.9;

/** What pruning did to the questions of one type. */
interface PrunedGroup {
  /** Ids of the questions to drop, with the type's excess in the round that dropped each. */
  dropped: Map<string, number>;
  before: Judgement;
  /** After the last round; as `before` when nothing was dropped. */
  after: Judgement;
  /**
   * Whether the best shortcut is now under the limit, or over it by no more than luck explains. Dropping does not help
   * where the numbers follow from the text.
   */
  reached: boolean;
}

/**
 * Drops questions until the strongest shortcut beats the reference by no more than the limit or luck: in every round those that
 * the strongest of that round gains most by, the surest first (Iterative Bias Pruning, Brown et al., arXiv 2511.04655).
 * Knowledge of how large things are is no shortcut and is left alone.
 *
 * Every round draws its folds anew: questions dropped for one partition make that partition look better than any other.
 * It is done when the audit's partition and the round's are both under the limit.
 */
export function pruneGroup(group: QuestionGroup, { seed, limit }: AuditOptions): PrunedGroup {
  const dropped = new Map<string, number>();
  let left = group;
  const before = judged(group, String(seed), limit).judgement;
  let after = before;
  const { length: tried } = predictorsOf(group).filter(({ role }) => role === "shortcut");
  const isUnder = ({ excess, verdict }: Judgement): boolean =>
    excess === null || (excess.mean <= allowedExcess(excess, tried, limit) && verdict !== "below chance");
  // What may be luck is left alone; a type that has to be pruned, is pruned to the limit, or to what is left by luck.
  const mostRounds = isFound(before) ? MOST_ROUNDS : 0;
  for (let round = 1; round <= mostRounds && !(dropped.size === 0 && isUnder(after)); round += 1) {
    const { guessed, judgement } = judged(left, `${seed}/${round}`, limit);
    if (isUnder(after) && isUnder(judgement)) break;
    const going = questionsToDrop(left, guessed, judgement, limit, tried);
    for (const place of going) dropped.set(at(left.questions, place).id, judgement.excess?.mean ?? 0);
    if (dropped.size > LARGEST_LOSS * group.questions.length) {
      return { dropped: new Map(), before, after: before, reached: false };
    }
    left = { ...left, questions: left.questions.filter((_, place) => !going.has(place)) };
    after = judged(left, String(seed), limit).judgement;
  }
  return { dropped, before, after, reached: !isFound(after) && (dropped.size === 0 || isUnder(after)) };
}

function isFound({ verdict }: Judgement): boolean {
  return verdict === "gives the answer away" || verdict === "below chance";
}

/** All guesses at a group's questions, and the verdict on them. */
function judged(
  group: QuestionGroup,
  partition: string,
  limit: number,
): { guessed: GuessedGroup; judgement: Judgement } {
  const guessed = guessGroup(group, partition);
  const rooms = group.questions.map(({ room }) => room);
  return { guessed, judgement: judgeGroup(guessed, rooms, limit) };
}

/** The indices of the questions to drop in this round. */
function questionsToDrop(
  { questions }: QuestionGroup,
  guessed: GuessedGroup,
  { reference, shortcut, verdict, excess: found }: Judgement,
  limit: number,
  tried: number,
): Set<number> {
  const { guesses } = guessed;
  const [way, held] = [wayOf(guesses, shortcut), wayOf(guesses, reference)];
  // Below chance it is the wrong guesses that are too many.
  const gains = verdict === "below chance" ? differences(held, way) : differences(way, held);
  const beliefs = way.beliefs ?? beliefsIn(guessed);
  // Dropping a question that gains less than the limit would raise the mean of the others.
  const ranked = questions
    .map(({ id }, place) => ({ id, place, gain: at(gains, place), belief: at(beliefs, place) }))
    .filter(({ gain }) => gain > limit)
    .sort((a, b) => b.gain - a.gain || b.belief - a.belief || (a.id < b.id ? -1 : 1));
  const aim = AIM * (found === null ? limit : allowedExcess(found, tried, limit));
  let excess = gains.reduce((sum, gain) => sum + gain, 0);
  let needed = 0;
  for (const { gain } of ranked) {
    if (excess <= aim * (questions.length - needed)) break;
    excess -= gain;
    needed += 1;
  }
  const step = Math.max(Math.ceil(needed * PART_OF_NEEDED), Math.ceil(questions.length * SMALLEST_STEP));
  return new Set(ranked.slice(0, step).map(({ place }) => place));
}

function wayOf(guesses: readonly Guesses[], name: PredictorName | null): Guesses {
  const way = guesses.find((candidate) => candidate.name === name);
  if (way === undefined) {
    throw new RangeError(`no guesses by ${name}`);
  }
  return way;
}
