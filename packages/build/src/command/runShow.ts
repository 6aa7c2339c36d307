import { checkFlagValues, UsageError } from "@vsi/command";
import { writeFileAtomically } from "@vsi/dataset/node";
import { checkDatasetFolder } from "../reading/checkDatasetFolder.ts";
import { canSketch } from "../show/canSketch.ts";
import { evidenceText } from "../show/evidenceText.ts";
import { findQuestion } from "../show/findQuestion.ts";
import { planOf } from "../show/plan.ts";
import { planSketch } from "../show/planSketch.ts";
import { planSvg } from "../show/planSvg.ts";
import { showText } from "../show/showText.ts";
import { readManifest } from "../verify/checkManifest.ts";
import { describeProblem } from "../verify/problem.ts";
import { readScene } from "../verify/readScene.ts";
import { verifiedScene } from "../verify/verifiedScene.ts";
import type { VerifySettings } from "../verify/verifySettings.ts";
import type { ShowFlags } from "./showFlags.ts";

/** Prints one question and draws its room from above; the exit code is 0. */
export async function runShow(flags: ShowFlags): Promise<number> {
  checkFlagValues(flags);
  const { folder, id, svg, json, quiet } = flags;
  await checkDatasetFolder(folder);
  const settings = await settingsOf(folder);
  const found = await findQuestion(folder, id);
  const { question } = found;
  const scene = verifiedScene(await readScene(folder, question.scene_name), settings);
  const plan = planOf(question, scene);
  if (svg !== undefined) await writeFileAtomically(svg, planSvg(plan, question.question));
  if (json) {
    const objects = question.evidence.object_ids.flatMap((object) => scene.objects.get(object) ?? []);
    const record = { ...found, evidence: evidenceText(question, scene), objects };
    process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
  } else if (!quiet) {
    process.stdout.write(`${showText(found, scene)}\n`);
    if (canSketch(process.stdout, process.env)) process.stdout.write(`\n${planSketch(plan, process.stdout.columns)}\n`);
    if (svg !== undefined) process.stdout.write(`\nDrawing written to ${svg}\n`);
  }
  return 0;
}

/** @throws UsageError when the manifest can't be used. */
async function settingsOf(folder: string): Promise<VerifySettings> {
  const problems: string[] = [];
  const { settings } = await readManifest(folder, (problem) => problems.push(describeProblem(problem)));
  if (settings === null) throw new UsageError(`${folder}: ${problems.join(" ")}`);
  return settings;
}
