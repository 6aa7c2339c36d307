import type { Question } from "@vsi/dataset";

/** A question and where it stands. */
export interface QuestionLine {
  line: number;
  question: Question;
}

/** Questions about one scene. */
export interface SceneQuestions {
  sceneName: string;
  questions: QuestionLine[];
}

/**
 * Groups questions by scene as they come: in a file in the order of its scenes, as builds write it, one scene's questions
 * are in memory at a time. Those of a scene that comes again are held back and given at the end.
 */
export async function* questionsByScene(lines: AsyncIterable<QuestionLine>): AsyncGenerator<SceneQuestions, void> {
  const begun = new Set<string>();
  const heldBack = new Map<string, QuestionLine[]>();
  let current = null as SceneQuestions | null;
  for await (const line of lines) {
    const { scene_name: sceneName } = line.question;
    if (current?.sceneName === sceneName) {
      current.questions.push(line);
    } else if (begun.has(sceneName)) {
      const held = heldBack.get(sceneName);
      if (held) held.push(line);
      else heldBack.set(sceneName, [line]);
    } else {
      if (current !== null) yield current;
      begun.add(sceneName);
      current = { sceneName, questions: [line] };
    }
  }
  if (current !== null) yield current;
  for (const [sceneName, questions] of heldBack) yield { sceneName, questions };
}
