import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { DatasetSplit, Question, QuestionType, Reject } from "@vsi/dataset";
import { capsFor, type Target } from "./targets.ts";

/** A scan and the questions that its facts gave. */
export interface ScanQuestions {
  scanId: string;
  questions: readonly Question[];
}

/** A scan's questions that go into the dataset, and a record of each that does not. */
export interface SelectedQuestions {
  questions: Question[];
  rejects: Reject[];
}

/** What looking at all scans decided; asked once a scan. */
export type Selection = (result: ScanQuestions) => SelectedQuestions;

export interface SelectOptions {
  seed: number;
  /** A published dataset whose totals are not to be passed; null for all questions. */
  target: Target | null;
}

/**
 * The stage over all scans, in the order of their ids: repeated questions and scenes, then caps. Reads every result, so
 * that memory holds keys, never the questions themselves.
 *
 * @param scans with the split that each goes to.
 * @param load a scan's result; null when the scan was left out.
 */
export async function selectQuestions<Scan extends { scanId: string; split: DatasetSplit }>(
  scans: readonly Scan[],
  load: (scan: Scan) => Promise<ScanQuestions | null>,
  options: SelectOptions,
): Promise<Selection> {
  const caps = new TypeCaps(options.seed);
  let scansRead = 0;
  async function* evaluatedFirst(): AsyncIterable<SceneQuestions> {
    const ordered = [
      ...scans.filter(({ split }) => split !== "train"),
      ...scans.filter(({ split }) => split === "train"),
    ];
    for (const scan of ordered) {
      const { scanId, split } = scan;
      const result = await load(scan);
      if (result === null) continue;
      scansRead += 1;
      if (options.target !== null) {
        const repeats = findRepeats(result.questions);
        for (const [place, question] of result.questions.entries()) {
          if (!repeats.has(place)) caps.add(scanId, place, question);
        }
      }
      yield { scanId, split, questions: result.questions };
    }
  }
  const repeatedScenes = await findRepeatedScenes(evaluatedFirst());
  const over = options.target === null ? new Map<string, Set<number>>() : caps.over(capsFor(options.target, scansRead));
  return (result) => select(result, repeatedScenes.get(result.scanId), over.get(result.scanId));
}

function select(
  result: ScanQuestions,
  sameScene: string | undefined,
  over: Set<number> | undefined,
): SelectedQuestions {
  const repeats = findRepeats(result.questions);
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
      const message = `${result.scanId} gives the same measurements as ${sameScene}, which models are evaluated on.`;
      rejects.push(rejectQuestion(question, "near-duplicate-scene", message));
    } else if (over?.has(place)) {
      rejects.push(rejectQuestion(question, "over-target", "The target's number of this type was reached."));
    } else questions.push(question);
  }
  return { questions, rejects };
}

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

/** Where a question stands: its scan, and its place among the scan's. */
interface Place {
  scanId: string;
  place: number;
  /** A seeded hash of the question's id: who is kept depends on the questions alone, not on the order of the scans. */
  rank: string;
}

/**
 * Which questions go so that no type has more than its cap: a seeded draw over all scans. Types without a cap keep all.
 *
 * @returns the places to drop, by scan.
 */
export class TypeCaps {
  readonly #seed: number;
  readonly #places = new Map<QuestionType, Place[]>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Notes a question that would go into the dataset. */
  add(scanId: string, place: number, question: Pick<Question, "id" | "question_type">): void {
    const rank = bytesToHex(sha256(utf8ToBytes(`target/${this.#seed}/${question.id}`))).slice(0, 16);
    const places = this.#places.get(question.question_type) ?? [];
    places.push({ scanId, place, rank });
    this.#places.set(question.question_type, places);
  }

  /** The questions over the caps: places among the scan's questions, by scan. */
  over(caps: Partial<Record<QuestionType, number>>): Map<string, Set<number>> {
    const dropped = new Map<string, Set<number>>();
    for (const [type, places] of this.#places) {
      const cap = caps[type] ?? Number.POSITIVE_INFINITY;
      const ranked = places.toSorted((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
      for (const { scanId, place } of ranked.slice(Math.min(cap, ranked.length))) {
        dropped.set(scanId, (dropped.get(scanId) ?? new Set()).add(place));
      }
    }
    return dropped;
  }
}

/**
 * From this share of its measurements on, a training scene counts as a scene of another split. The same room gives
 * nearly all of them again, other rooms hardly any: a half is far from both.
 */
const REPEATED_SHARE = 0.5;

/** Fewer measurements than this could be shared by chance. */
const FEWEST_SHARED = 3;

/** A scene's questions, and where they would go. */
export interface SceneQuestions {
  scanId: string;
  split: DatasetSplit;
  questions: readonly Question[];
}

/**
 * Training scenes that stand in another split too, under another id: the same questions with the same answers to the
 * millimetre. Splits by physical room rule out a scan's rescans; this finds what its name does not tell.
 *
 * @param scenes first all that are evaluated on, then all that are trained on.
 * @returns the other split's scene by the training scene.
 */
export async function findRepeatedScenes(scenes: AsyncIterable<SceneQuestions>): Promise<Map<string, string>> {
  const evaluated = new Map<string, string[]>();
  const repeated = new Map<string, string>();
  for await (const { scanId, split, questions } of scenes) {
    const keys = keysOf(questions);
    if (split !== "train") {
      for (const key of keys) evaluated.set(key, [...(evaluated.get(key) ?? []), scanId]);
      continue;
    }
    const shared = new Map<string, number>();
    for (const key of keys) {
      for (const other of evaluated.get(key) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    const least = Math.max(FEWEST_SHARED, REPEATED_SHARE * keys.size);
    const [same] = [...shared].filter(([, count]) => count >= least).map(([other]) => other);
    if (same !== undefined) repeated.set(scanId, same);
  }
  return repeated;
}

function keysOf(questions: readonly Question[]): Set<string> {
  return new Set(questions.map(measurementKey).filter((key) => key !== null));
}

/** Digits that tell measurements apart to a millimetre (a square decimetre's hundredth for areas). */
const DIGITS = { m: 3, cm: 1, m2: 3 } as const;

/**
 * A measured question's text and unrounded answer. Two rooms hardly share one by chance, the same room scanned or
 * copied twice does. Null for what is counted or chosen.
 */
function measurementKey(question: Pick<Question, "question_type" | "question" | "evidence">): string | null {
  const { value, unit, margin } = question.evidence;
  if (value === null || margin !== null || (unit !== "m" && unit !== "cm" && unit !== "m2")) return null;
  return `${question.question_type}\n${question.question}\n${value.toFixed(DIGITS[unit])}`;
}

/** Why a question of a scan does not go into the dataset, and which question of the scan it is held against. */
interface Repeat {
  code: "duplicate-question" | "contradiction";
  /** Place of the other question among the scan's. */
  other: number;
}

/**
 * Questions of one scan that say the same as another one. Their ids tell: the same scene, type and text have the same
 * id. With the same answer the first is kept; with another answer nobody can know which is meant, and all of them go.
 *
 * @returns by place among the scan's questions.
 */
export function findRepeats(questions: readonly Pick<Question, "id" | "ground_truth">[]): Map<number, Repeat> {
  const places = new Map<string, [number, ...number[]]>();
  for (const [place, { id }] of questions.entries()) {
    const same = places.get(id);
    if (same === undefined) places.set(id, [place]);
    else same.push(place);
  }
  const repeats = new Map<number, Repeat>();
  for (const [first, ...others] of places.values()) {
    const truth = questions[first]?.ground_truth;
    const differing = others.find((place) => questions[place]?.ground_truth !== truth);
    if (differing === undefined) {
      for (const place of others) repeats.set(place, { code: "duplicate-question", other: first });
      continue;
    }
    repeats.set(first, { code: "contradiction", other: differing });
    for (const place of others) repeats.set(place, { code: "contradiction", other: first });
  }
  return repeats;
}
