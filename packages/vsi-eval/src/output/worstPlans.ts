import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Manifest, Question, SceneFacts } from "@vsi/dataset";
import { isRecord } from "@vsi/dataset/internal";
import { readRegularFile } from "@vsi/dataset/internal/node";
import { readJsonl } from "@vsi/dataset/node";
import { validateManifest, validateQuestion, validateScene } from "@vsi/dataset/validate";
import { marksOf } from "@vsi/questions";
import { shownRoom } from "@vsi/questions/internal";
import { furnished, planSvg } from "@vsi/report/internal";
import type { ScoredAnswer } from "../score/scorePredictions.ts";

/** Pixels of a room's longer side: texts of three plans beside each other, or of one on a phone, can be read. */
const DRAWN_SIZE = 360;

/**
 * Plans of the rooms that some questions are about, with what each asks about and what was measured, as SVG by the
 * question's id. Questions of a dataset of vsi-build have one: its folder holds the scenes' facts, and its manifest tells
 * how they were measured. Of another benchmark there are none, nor where the facts cannot be read: a score does not
 * depend on them.
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
    const manifest = await readJson(folder, "manifest.json", validateManifest);
    for await (const { record } of readJsonl(benchmarkFile)) {
      if (!isRecord(record) || !wanted.has(String(record.id))) continue;
      validateQuestion(record, { file: benchmarkFile });
      const svg = await planOf(record as unknown as Question, folder, manifest);
      if (svg !== null) plans.set(String(record.id), svg);
    }
  } catch {
    // The benchmark is one of another form: what was scored was read by its own reader.
    return plans;
  }
  return plans;
}

/** Null where the scene's facts cannot be read. */
async function planOf(question: Question, folder: string, manifest: Manifest): Promise<string | null> {
  const { scene_name: scene, evidence } = question;
  // Names come from a file that somebody may have made: none leads out of the folder.
  if (/[/\\]/.test(scene)) return null;
  try {
    const facts: SceneFacts = await readJson(folder, `scenes/${scene}.json`, validateScene);
    const room = shownRoom(facts, manifest);
    const asked = new Set(evidence.object_ids);
    const plan = furnished(facts, (object) => (asked.has(object.id) ? `${room.nameOf(object)} (${object.id})` : null));
    return planSvg({ ...plan, ...marksOf(question, room) }, question, DRAWN_SIZE);
  } catch {
    return null;
  }
}

/** @throws Error for what cannot be read or does not fit. */
async function readJson<T>(
  folder: string,
  file: string,
  validate: (value: unknown, where: { file: string }) => asserts value is T,
): Promise<T> {
  const value: unknown = JSON.parse(await readRegularFile(join(folder, file), file, "a file of a dataset"));
  validate(value, { file });
  return value;
}
