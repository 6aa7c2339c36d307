import { join } from "node:path";
import type { Question } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import { validateQuestion, validateReject } from "@vsi/dataset/validate";
import { REJECTS_FILE, splitFile } from "../folder/datasetFolder.ts";
import { countFound, type FoundCounts } from "../folder/manifest.ts";
import { problemOf, type ReportProblem, TAKE_AGAIN } from "../folder/problem.ts";
import type { Pause } from "./pauses.ts";

/** For a file that breaks off or can't be read to its end. */
const LINES_ADVICE = "The lines after it were not checked. Download the file again.";

/** A split's valid questions; each invalid line is reported, and `onBad` is called. */
export async function* readQuestions(
  folder: string,
  split: string,
  report: ReportProblem,
  onBad: () => void,
): AsyncGenerator<QuestionLine, void> {
  const file = splitFile(split);
  try {
    for await (const { line, record } of readJsonl(join(folder, file))) {
      try {
        validateQuestion(record, { file, place: `line ${line}` });
      } catch (error) {
        onBad();
        report(problemOf(error, { file, line, id: idOf(record) }));
        continue;
      }
      yield { line, question: record };
    }
  } catch (error) {
    onBad();
    report(problemOf(error, { file, line: null, id: null }, LINES_ADVICE));
  }
}

function idOf(record: unknown): string | null {
  const id = (record as { id?: unknown } | null)?.id;
  return typeof id === "string" ? id : null;
}

/** A question and where it stands. */
export interface QuestionLine {
  line: number;
  question: Question;
}

/** Questions about one scene. */
interface SceneQuestions {
  sceneName: string;
  questions: [QuestionLine, ...QuestionLine[]];
}

/**
 * Groups questions by scene as they come. In a file in the order of its scenes, as builds write it, only one scene's
 * questions are in memory at a time; those of a scene that comes again are held back to the end.
 */
export async function* questionsByScene(lines: AsyncIterable<QuestionLine>): AsyncGenerator<SceneQuestions, void> {
  const begun = new Set<string>();
  const heldBack = new Map<string, SceneQuestions["questions"]>();
  let current = null as SceneQuestions | null;
  for await (const line of lines) {
    const { scene_name: sceneName } = line.question;
    if (current?.sceneName === sceneName) {
      current.questions.push(line);
    } else if (begun.has(sceneName)) {
      const held = heldBack.get(sceneName);
      if (held) {
        held.push(line);
      } else {
        heldBack.set(sceneName, [line]);
      }
    } else {
      if (current !== null) yield current;
      begun.add(sceneName);
      current = { sceneName, questions: [line] };
    }
  }
  if (current !== null) yield current;
  for (const [sceneName, questions] of heldBack) yield { sceneName, questions };
}

/**
 * Checks every line of rejects.jsonl and counts them into `found`.
 * @returns false when not every line could be counted.
 */
export async function checkRejects(
  folder: string,
  scenes: ReadonlySet<string>,
  found: FoundCounts,
  report: ReportProblem,
  pause: Pause,
): Promise<boolean> {
  let complete = true;
  const place = { file: REJECTS_FILE, line: null, id: null };
  try {
    for await (const { line, record } of readJsonl(join(folder, REJECTS_FILE))) {
      await pause();
      try {
        validateReject(record, { file: REJECTS_FILE, place: `line ${line}` });
        countFound(found.rejects, record.code);
        if (record.question_type === null) countFound(found.scansSkipped, record.code);
        const isOfScene = record.question_type !== null;
        if (isOfScene !== scenes.has(record.scene_name)) {
          const got = `${record.scene_name}, which is ${isOfScene ? "not " : ""}in scenes/`;
          const expected = isOfScene ? "a scan that was read" : "a scan that was left out";
          report({ code: "reject-scene", ...place, line, got, expected, advice: TAKE_AGAIN });
        }
      } catch (error) {
        complete = false;
        report(problemOf(error, { ...place, line }));
      }
    }
  } catch (error) {
    complete = false;
    report(problemOf(error, place, LINES_ADVICE));
  }
  return complete;
}
