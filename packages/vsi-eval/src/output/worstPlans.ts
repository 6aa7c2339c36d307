import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Question, SceneFacts, SceneObject } from "@vsi/dataset";
import { isRecord } from "@vsi/dataset/internal";
import { readRegularFile } from "@vsi/dataset/internal/node";
import { readJsonl } from "@vsi/dataset/node";
import { validateQuestion, validateScene } from "@vsi/dataset/validate";
import { footprint, type Plan, planSvg } from "@vsi/report/internal";
import type { ScoredAnswer } from "../score/scorePredictions.ts";

/**
 * Plans of the rooms that some questions are about, with what each asks about, as SVG by the question's id. Questions of a
 * dataset of vsi-build have one: its folder holds the scenes' facts. Of another benchmark there are none, nor where the
 * facts cannot be read: a score does not depend on them.
 *
 * @param benchmarkFile the questions' file, such as vsi-100k/data/test.jsonl.
 */
export async function worstPlans(
  answers: readonly ScoredAnswer[],
  benchmarkFile: string,
): Promise<ReadonlyMap<string, string>> {
  const folder = dirname(dirname(benchmarkFile));
  if (answers.length === 0 || !existsSync(join(folder, "scenes"))) return new Map();
  const wanted = new Set(answers.map(({ question }) => question.id));
  const plans = new Map<string, string>();
  try {
    for await (const { record } of readJsonl(benchmarkFile)) {
      if (!isRecord(record) || !wanted.has(String(record.id))) continue;
      validateQuestion(record, { file: benchmarkFile });
      const question = record as unknown as Question;
      const facts = await readFacts(folder, question.scene_name);
      if (facts !== null) plans.set(question.id, planSvg(planOf(question, facts), question));
    }
  } catch {
    // The benchmark is one of another form: what was scored was read by its own reader.
    return plans;
  }
  return plans;
}

async function readFacts(folder: string, scene: string): Promise<SceneFacts | null> {
  // Names come from a file that somebody may have made: none leads out of the folder.
  if (/[/\\]/.test(scene)) return null;
  const file = `scenes/${scene}.json`;
  try {
    const facts: unknown = JSON.parse(await readRegularFile(join(folder, file), file, "the facts of a scene"));
    validateScene(facts, { file });
    return facts as SceneFacts;
  } catch {
    return null;
  }
}

function planOf(question: Question, { room, objects }: SceneFacts): Plan {
  const asked = new Set(question.evidence.object_ids);
  return {
    outline: room.outline ?? [],
    boxes: objects
      .filter(({ excluded }) => excluded !== "structure")
      .map((object) => ({
        corners: footprint(object.box),
        label: asked.has(object.id) ? `${nameIn(question, object)} (${object.id})` : null,
      })),
    lines: [],
    points: [],
  };
}

/** Questions name an object by its label or its category, as their dataset was built. */
function nameIn({ question, options }: Question, { label, category }: SceneObject): string {
  const text = [question, ...(options ?? [])].join("\n");
  return text.includes(category) ? category : label;
}
