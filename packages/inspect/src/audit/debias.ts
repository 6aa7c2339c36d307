import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { explainFileError, openOutputFolder, packageVersion, publish, UsageError } from "@vsi/command";
import { at, type DatasetSplit, type QuestionType } from "@vsi/dataset";
import { type DroppedQuestion, writeSubset } from "@vsi/publish";
import { chooseSplits, readManifest } from "../datasetFolder.ts";
import type { AuditOptions } from "./audit.ts";
import type { BaselineName } from "./baselines.ts";
import { differences, type GuessedGroup, type Guesses, guessGroup } from "./guesses.ts";
import { type Interval, type Judgement, judgeGroup } from "./judgement.ts";
import { type QuestionGroup, readQuestionGroups } from "./questions.ts";

interface DebiasOptions extends AuditOptions {
  /** The dataset folder to write. */
  out: string;
  /** The splits to debias, the others are taken as they are; none for all. */
  splits: readonly DatasetSplit[];
  /** Replace a dataset that was written earlier. */
  overwrite: boolean;
}

/** What debiasing one type of one split cost and brought. */
interface TypeDebias {
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
  const settings = {
    debias: {
      limit,
      seed,
      splits: [...dropped.keys()],
      version: await packageVersion(new URL("../../package.json", import.meta.url)),
    },
  };
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

/** Each round drops this part of what seems needed: what is left must be guessed at anew, as the answers' balance has shifted. */
const PART_OF_NEEDED = 0.5;

/** And at least this share of the questions, so that the last steps do not take for ever. */
const SMALLEST_STEP = 0.002;

/** Aimed a little below the limit, for the same reason. */
const AIM = 0.9;

/** Halving what is too much, 40 rounds are far more than are ever needed; stops what would not end. */
const MOST_ROUNDS = 40;

/** A type that would lose more than this is emptied rather than debiased: it stays as it is. */
const LARGEST_LOSS = 0.9;

/** What pruning did to the questions of one type. */
interface PrunedGroup {
  /** Ids of the questions to drop, with the type's excess in the round that dropped each. */
  dropped: Map<string, number>;
  before: Judgement;
  /** After the last round; as `before` when nothing was dropped. */
  after: Judgement;
  /** Whether the best shortcut is now under the limit. Numbers that follow from the text outright cannot be helped by dropping. */
  reached: boolean;
}

/**
 * Drops questions until the best shortcut beats the reference by no more than the limit: in every round those that it gains
 * most by, the blind predictor's surest first (Iterative Bias Pruning, Brown et al., arXiv 2511.04655). Knowledge of how
 * large things are is no shortcut and is left alone.
 *
 * Every round holds rooms out in another way than the audit does: what was dropped for one way of holding out looks better
 * in that way than in any other. It is done when the audit's own way and the round's are both under the limit.
 */
export function pruneGroup(group: QuestionGroup, { seed, limit }: AuditOptions): PrunedGroup {
  const dropped = new Map<string, number>();
  let left = group;
  const before = judged(group, String(seed), limit).judgement;
  let after = before;
  const isUnder = ({ excess }: Judgement): boolean => excess === null || excess.mean <= limit;
  for (let round = 1; round <= MOST_ROUNDS && !(dropped.size === 0 && isUnder(after)); round += 1) {
    const { guessed, judgement } = judged(left, `${seed}/${round}`, limit);
    if (isUnder(after) && isUnder(judgement)) break;
    const going = questionsToDrop(left, guessed, judgement, limit);
    for (const place of going) dropped.set(at(left.questions, place).id, judgement.excess?.mean ?? 0);
    if (dropped.size > LARGEST_LOSS * group.questions.length) {
      return { dropped: new Map(), before, after: before, reached: false };
    }
    left = { ...left, questions: left.questions.filter((_, place) => !going.has(place)) };
    after = judged(left, String(seed), limit).judgement;
  }
  return { dropped, before, after, reached: isUnder(after) && after.verdict !== "gives the answer away" };
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

/** Places of the questions that go in this round. */
function questionsToDrop(
  { questions }: QuestionGroup,
  { guesses, beliefs }: GuessedGroup,
  { reference, shortcut }: Judgement,
  limit: number,
): Set<number> {
  const gains = differences(wayOf(guesses, shortcut), wayOf(guesses, reference));
  // To drop a question that gains less than the limit would raise the mean of the others.
  const ranked = questions
    .map(({ id }, place) => ({ id, place, gain: at(gains, place), belief: at(beliefs, place) }))
    .filter(({ gain }) => gain > limit)
    .sort((a, b) => b.gain - a.gain || b.belief - a.belief || (a.id < b.id ? -1 : 1));
  let excess = gains.reduce((sum, gain) => sum + gain, 0);
  let needed = 0;
  for (const { gain } of ranked) {
    if (excess <= AIM * limit * (questions.length - needed)) break;
    excess -= gain;
    needed += 1;
  }
  const step = Math.max(Math.ceil(needed * PART_OF_NEEDED), Math.ceil(questions.length * SMALLEST_STEP));
  return new Set(ranked.slice(0, step).map(({ place }) => place));
}

function wayOf(guesses: readonly Guesses[], name: BaselineName | null): Guesses {
  const way = guesses.find((candidate) => candidate.name === name);
  if (way === undefined) {
    throw new RangeError(`no guesses by ${name}`);
  }
  return way;
}
