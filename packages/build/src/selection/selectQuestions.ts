import type { DatasetSplit, Question, Reject } from "@vsi/dataset";
import type { KeptSuccess } from "../pipeline/storeScanResult.ts";
import { TypeCaps } from "./capTypes.ts";
import { findRepeatedScenes, type SceneQuestions } from "./findRepeatedScenes.ts";
import { findRepeats } from "./findRepeats.ts";
import { capsFor, type Target } from "./targets.ts";

/** A scan's questions that go into the dataset, and a record of each that does not. */
export interface SelectedQuestions {
  questions: Question[];
  rejects: Reject[];
}

/** What looking at all scans decided; asked once a scan. */
export type Selection = (result: KeptSuccess) => SelectedQuestions;

export interface SelectOptions {
  seed: number;
  /** A published dataset whose totals are not to be passed; null for all questions. */
  target: Target | null;
}

/**
 * The stage over all scans, in the order of their ids: repeated questions and scenes, then caps. Reads every result, so that
 * memory holds keys, never the questions themselves.
 *
 * @param scans with the split that each goes to.
 * @param load a scan's result; null when the scan was left out.
 */
export async function selectQuestions(
  scans: readonly { scanId: string; split: DatasetSplit }[],
  load: (scanId: string) => Promise<KeptSuccess | null>,
  options: SelectOptions,
): Promise<Selection> {
  const caps = new TypeCaps(options.seed);
  let scansRead = 0;
  async function* evaluatedFirst(): AsyncIterable<SceneQuestions> {
    const ordered = [
      ...scans.filter(({ split }) => split !== "train"),
      ...scans.filter(({ split }) => split === "train"),
    ];
    for (const { scanId, split } of ordered) {
      const result = await load(scanId);
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

function select(result: KeptSuccess, sameScene: string | undefined, over: Set<number> | undefined): SelectedQuestions {
  const repeats = findRepeats(result.questions);
  const questions: Question[] = [];
  const rejects: Reject[] = [];
  for (const [place, question] of result.questions.entries()) {
    const repeat = repeats.get(place);
    if (repeat !== undefined) {
      const other = result.questions[repeat.other] as Question;
      const message =
        repeat.code === "contradiction"
          ? `"${question.question}" is answered ${question.ground_truth} and ${other.ground_truth}: none of them is kept.`
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
