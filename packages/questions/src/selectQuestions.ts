import {
  type DatasetSplit,
  physicalRoomOf,
  type Question,
  type QuestionType,
  type Reject,
  type SceneFacts,
} from "@vsi/dataset";
import {
  checkArguments,
  checkOptions,
  FUNCTION,
  fields,
  listOf,
  type OptionKinds,
  optional,
  orNull,
  RECORD,
  TEXT,
  wholeFrom,
} from "@vsi/dataset/internal";
import { LEAST_ROOMS, type PooledScan } from "./balance/folds.ts";
import { pickQuestions } from "./balance/pickQuestions.ts";
import { type Pick as PickedQuestion, packPool, type ScenePool } from "./balance/pools.ts";
import { overCommon, type Thinnable } from "./balance/thin.ts";
import { isBalancedBy } from "./choices.ts";
import { inTypeOrder, limitsOf, withPicks } from "./generateQuestions.ts";
import { type GenerateOptions, validateOptions, withDefaults } from "./options.ts";
import { findRepeatedScenes, findRepeats } from "./repeats.ts";
import { capsFor, hashRank, type Target, TypeCaps } from "./targets.ts";

/** A scan and what its facts gave: generateSceneQuestions. */
export interface ScanQuestions {
  scanId: string;
  questions: readonly Question[];
  pool: ScenePool;
}

/** A scan's questions that go into the dataset, and a record of each that does not. */
export interface SelectedQuestions {
  questions: Question[];
  rejects: Reject[];
  /** By type, how many were picked of what generateSceneQuestions counted as not drawn. */
  picked: Partial<Record<QuestionType, number>>;
}

/** What looking at all scans decided. */
export interface Selection {
  /**
   * Asked once a scan.
   *
   * @param loadFacts the scan's facts; called where questions were picked from its pool.
   */
  select(result: ScanQuestions, loadFacts: () => Promise<SceneFacts>): Promise<SelectedQuestions>;
  /** Rooms that the blind models learned from; 0 where there were too few, or answers are not balanced. */
  roomsLearntFrom: number;
}

/** What selectQuestions goes by. */
export interface SelectOptions {
  /** As generateSceneQuestions got them. */
  generate: Partial<GenerateOptions>;
  /** A published dataset whose totals are not to be passed; null for all questions. */
  target: Target | null;
}

const TARGET = fields({ scans: wholeFrom(1), questions: RECORD });

const SELECT_OPTIONS: OptionKinds<SelectOptions> = { generate: RECORD, target: orNull(TARGET) };

const SCANS = listOf(
  fields({ scanId: TEXT, split: TEXT, room: optional(TEXT) }),
  "a list of scans with scanId and split, and room where the name does not say it",
);

/**
 * The best that answering every counting question with the same number may score; VSI-Bench's "2" scores 0.62. At 0.45,
 * 120 of 220 counts of the published scenes were left, at this 125.
 */
export const THIN_COUNTS_TO = 0.47;

/** The same for the sizes of one label. */
export const THIN_SIZES_TO = 0.5;

/**
 * The stage over all scans, in the order of their ids: repeated questions and scenes, picks from the scans' pools, counts
 * and sizes that are too common, then caps. Reads every result once, so that memory holds keys and pools, never the
 * questions themselves.
 *
 * @param scans with the split that each goes to and, where the id does not say it, the physical room; in the order of
 * their ids.
 * @param load a scan's result; null when the scan was left out.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { generateSceneQuestions, selectQuestions } from "@vsi/questions";
 *
 * const generate = { seed: 1 };
 * const scans = ["scene9000_00", "scene9001_00"].map((scanId) => ({ scanId, split: "train" }));
 * const factsOf = async (scanId) => JSON.parse(await readFile(`vsi-100k/scenes/${scanId}.json`, "utf8"));
 * const load = async ({ scanId }) => ({ scanId, ...generateSceneQuestions(await factsOf(scanId), generate) });
 * const selection = await selectQuestions(scans, load, { generate, target: null });
 * for (const scan of scans) {
 *   const { questions, rejects } = await selection.select(await load(scan), () => factsOf(scan.scanId));
 *   console.log(scan.scanId, questions.length, "kept,", rejects.length, "left out");
 * }
 * ```
 */
export async function selectQuestions<Scan extends { scanId: string; split: DatasetSplit; room?: string }>(
  scans: readonly Scan[],
  load: (scan: Scan) => Promise<ScanQuestions | null>,
  options: Partial<SelectOptions>,
): Promise<Selection> {
  checkArguments("selectQuestions", { scans: [scans, SCANS], load: [load, FUNCTION], options: [options, RECORD] });
  checkOptions(options, SELECT_OPTIONS, "selectQuestions");
  const { generate = {}, target = null } = options;
  validateOptions({ ...generate, protocol: withDefaults(generate).protocol }, "selectQuestions");
  const { roomsLearntFrom, ...decided } = await decide(scans, load, { generate, target });
  return { roomsLearntFrom, select: (result, loadFacts) => select(result, loadFacts, decided) };
}

/** A function of its own, so that nothing that outlives it holds the scans' pools. */
async function decide<Scan extends { scanId: string; split: DatasetSplit; room?: string }>(
  scans: readonly Scan[],
  load: (scan: Scan) => Promise<ScanQuestions | null>,
  { generate, target }: SelectOptions,
): Promise<Decided & Pick<Selection, "roomsLearntFrom">> {
  const { seed, rules, thinSizes } = withDefaults(generate);
  const { balance = isBalancedBy(rules) } = generate;
  const most = {
    ...(balance ? { object_counting: THIN_COUNTS_TO } : {}),
    ...(thinSizes ? { object_size_estimation: THIN_SIZES_TO } : {}),
  };
  const seen = new SeenQuestions(seed, most, target !== null);
  const pools = new Map<string, ScenePool>();
  async function* evaluatedFirst() {
    const ordered = [
      ...scans.filter(({ split }) => split !== "train"),
      ...scans.filter(({ split }) => split === "train"),
    ];
    for (const scan of ordered) {
      const result = await load(scan);
      if (result === null) continue;
      pools.set(scan.scanId, packPool(result.pool));
      seen.add(scan, result.questions);
      yield { ...scan, questions: result.questions };
    }
  }
  const repeatedScenes = await findRepeatedScenes(evaluatedFirst());
  const limitOf = limitsOf(generate);
  const pooled = scans.flatMap(({ scanId, split, room = physicalRoomOf(scanId) }): PooledScan[] => {
    const pool = pools.get(scanId);
    return pool === undefined || repeatedScenes.has(scanId) ? [] : [{ scanId, split, room, pool, limitOf }];
  });
  const { byScan, rooms } = pickQuestions(pooled, seed);
  const common = seen.tooCommon(repeatedScenes, splitsOfEnoughRooms(pooled));
  const over = target === null ? NONE_OVER : seen.overCaps(capsFor(target, pools.size), common, byScan);
  const roomsLearntFrom = balance || thinSizes ? rooms : 0;
  return { repeatedScenes, byScan, common, over, generate, roomsLearntFrom };
}

/**
 * The splits of which it can be said what is common. In one of a few rooms, such as a build's validation split, every
 * number is the answer so often that not a question would stay.
 */
function splitsOfEnoughRooms(scans: readonly PooledScan[]): Set<DatasetSplit> {
  const roomsOf = new Map<DatasetSplit, Set<string>>();
  for (const { room, split } of scans) roomsOf.set(split, (roomsOf.get(split) ?? new Set()).add(room));
  return new Set([...roomsOf.keys()].filter((split) => (roomsOf.get(split)?.size ?? 0) >= LEAST_ROOMS));
}

const NONE_OVER = { questions: new Map<string, Set<number>>(), picks: new Map<string, Set<number>>() };

interface Decided {
  repeatedScenes: ReadonlyMap<string, string>;
  byScan: ReadonlyMap<string, readonly PickedQuestion[]>;
  common: ReadonlyMap<string, ReadonlySet<number>>;
  over: typeof NONE_OVER;
  generate: Partial<GenerateOptions>;
}

async function select(
  result: ScanQuestions,
  loadFacts: () => Promise<SceneFacts>,
  { repeatedScenes, byScan, common, over, generate }: Decided,
): Promise<SelectedQuestions> {
  const { scanId } = result;
  const repeats = findRepeats(result.questions);
  const sameScene = repeatedScenes.get(scanId);
  const questions: Question[] = [];
  const rejects: Reject[] = [];
  for (const [place, question] of result.questions.entries()) {
    const repeat = repeats.get(place);
    if (repeat !== undefined) {
      const other = result.questions[repeat.other]?.ground_truth;
      const message =
        repeat.code === "contradiction"
          ? `"${question.question}" is answered ${question.ground_truth} and ${other}: none of them is kept.`
          : `"${question.question}" is asked twice with the same answer: the first is kept.`;
      rejects.push(rejectQuestion(question, repeat.code, message));
    } else if (sameScene !== undefined) {
      const message = `${scanId} gives the same measurements as ${sameScene}, which models are evaluated on.`;
      rejects.push(rejectQuestion(question, "near-duplicate-scene", message));
    } else if (common.get(scanId)?.has(place)) {
      const message = `${question.ground_truth} is the answer so often that it could be guessed: "${question.question}" is left out.`;
      rejects.push(rejectQuestion(question, "answer-too-common", message));
    } else if (over.questions.get(scanId)?.has(place)) {
      rejects.push(rejectQuestion(question, "over-target", OVER_TARGET));
    } else questions.push(question);
  }
  const picks = byScan.get(scanId) ?? [];
  if (picks.length === 0) return { questions, rejects, picked: {} };
  const phrased = withPicks({ questions: [], notDrawn: {} }, await loadFacts(), generate, picks);
  const overPicks = over.picks.get(scanId);
  for (const [place, question] of phrased.questions.entries()) {
    if (overPicks?.has(place)) rejects.push(rejectQuestion(question, "over-target", OVER_TARGET));
    else questions.push(question);
  }
  const picked: SelectedQuestions["picked"] = {};
  for (const { question_type: type } of picks) picked[type] = (picked[type] ?? 0) + 1;
  return { questions: inTypeOrder(questions), rejects, picked };
}

const OVER_TARGET = "The target's number of this type was reached.";

function rejectQuestion(question: Question, code: string, message: string): Reject {
  return {
    schema: "vsi-reject/1",
    dataset: question.dataset,
    scene_name: question.scene_name,
    question_type: question.question_type,
    code,
    message,
    object_ids: question.evidence.object_ids,
    value: null,
    limit: null,
    unit: null,
  };
}

/** Types of which answers that are too common may be thinned out. */
type ThinnedType = "object_counting" | "object_size_estimation";

/** A question that may be thinned out, and where it stands. */
interface SeenNumber extends Thinnable {
  scanId: string;
  place: number;
}

/** What the choice over all scans must know of the questions that are there already. */
class SeenQuestions {
  readonly #seed: number;
  readonly #thinned: ReadonlyMap<QuestionType, number>;
  readonly #numbers = new Map<string, { most: number; split: DatasetSplit; seen: SeenNumber[] }>();
  readonly #all: { scanId: string; place: number; id: string; question_type: QuestionType }[] = [];
  readonly #keepsAll: boolean;

  /**
   * @param most the best that a constant may score, by type.
   * @param keepsAll whether overCaps will be asked.
   */
  constructor(seed: number, most: Readonly<Partial<Record<ThinnedType, number>>>, keepsAll: boolean) {
    this.#seed = seed;
    this.#thinned = new Map(Object.entries(most) as [ThinnedType, number][]);
    this.#keepsAll = keepsAll;
  }

  add({ scanId, split }: { scanId: string; split: DatasetSplit }, questions: readonly Question[]): void {
    const repeats = this.#keepsAll || this.#thinned.size > 0 ? findRepeats(questions) : new Map();
    for (const [place, { id, question_type, question, ground_truth }] of questions.entries()) {
      if (repeats.has(place)) continue;
      if (this.#keepsAll) this.#all.push({ scanId, place, id, question_type });
      const most = this.#thinned.get(question_type);
      if (most === undefined) continue;
      // Thinned together: a split's counts, a label's sizes in it. The wording is the type's own: the same text is the
      // same label.
      const group = question_type === "object_counting" ? split : `${split} ${question}`;
      const known = this.#numbers.get(`${question_type} ${group}`) ?? { most, split, seen: [] };
      const rank = hashRank(`balance/${this.#seed}/${id}`);
      known.seen.push({ scanId, place, words: question, truth: Number(ground_truth), rank });
      this.#numbers.set(`${question_type} ${group}`, known);
    }
  }

  /**
   * Places among the scans' questions of those whose answer is too common, by scan.
   *
   * @param splits the others are not thinned.
   */
  tooCommon(leftOut: ReadonlyMap<string, string>, splits: ReadonlySet<DatasetSplit>): Map<string, Set<number>> {
    const common = new Map<string, Set<number>>();
    for (const { most, split, seen } of this.#numbers.values()) {
      if (!splits.has(split)) continue;
      const counted = seen.filter(({ scanId }) => !leftOut.has(scanId));
      for (const { scanId, place } of overCommon(counted, most)) {
        common.set(scanId, (common.get(scanId) ?? new Set()).add(place));
      }
    }
    return common;
  }

  /** Places of the questions, and of the picks, that are over the caps, by scan. */
  overCaps(
    caps: Partial<Record<QuestionType, number>>,
    common: ReadonlyMap<string, ReadonlySet<number>>,
    byScan: ReadonlyMap<string, readonly PickedQuestion[]>,
  ): typeof NONE_OVER {
    const questions = new TypeCaps(this.#seed);
    for (const { scanId, place, ...question } of this.#all) {
      if (!common.get(scanId)?.has(place)) questions.add(scanId, place, question);
    }
    const picked = new TypeCaps(this.#seed);
    for (const [scanId, picks] of byScan) {
      for (const [place, pick] of picks.entries()) {
        const id = `${scanId} ${JSON.stringify(pick)}`;
        picked.add(scanId, place, { id, question_type: pick.question_type });
      }
    }
    return { questions: questions.over(caps), picks: picked.over(caps) };
  }
}
