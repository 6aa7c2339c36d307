import { join } from "node:path";
import { checkReportFile, type ReportFile, UsageError, writeReportFile } from "@vsi/command";
import type { Values } from "@vsi/command/program";
import { printable, printableLine } from "@vsi/dataset/internal";
import { describeEvidence } from "@vsi/questions";
import { isOurDrawing, planSvg } from "@vsi/report/internal";
import { checkDatasetFolder } from "../folder/datasetFolder.ts";
import { openManifest, type VerifySettings } from "../folder/manifest.ts";
import { readScene, verifiedScene } from "../folder/scene.ts";
import { planOf } from "../show/plan.ts";
import { findQuestion, showText } from "../show/question.ts";
import { canSketch, planSketch } from "../show/sketch.ts";
import type { SHOW } from "./flags.ts";

/** Prints one question and draws its room from above; the exit code is 0. */
export async function run(flags: Values<typeof SHOW>): Promise<number> {
  const { folder, id, svg, overwrite, json, quiet } = flags;
  const drawing: ReportFile | null =
    svg === null ? null : { flag: "--svg", path: svg, command: "vsi-build", isOurs: isOurDrawing, overwrite };
  if (drawing !== null) await checkReportFile(drawing);
  await checkDatasetFolder(folder);
  const settings = await settingsOf(folder);
  const found = await findQuestion(folder, id);
  const { question } = found;
  const scene = verifiedScene(await readScene(folder, question.scene_name), settings);
  const plan = planOf(question, scene);
  if (drawing !== null) await writeReportFile(drawing, planSvg(plan, question));
  if (json) {
    const objects = question.evidence.object_ids.flatMap((object) => scene.objects.get(object) ?? []);
    const record = { ...found, evidence: describeEvidence(question, scene), objects };
    process.stdout.write(printable(`${JSON.stringify(record, null, 2)}\n`));
  } else if (!quiet) {
    process.stdout.write(printable(`${showText(found, scene)}\n`));
    if (canSketch(process.stdout, process.env))
      process.stdout.write(printable(`\n${planSketch(plan, process.stdout.columns)}\n`));
    if (svg !== null) process.stdout.write(printable(`\nDrawing written to ${svg}\n`));
  }
  return 0;
}

/** @throws UsageError when the manifest can't be used. */
async function settingsOf(folder: string): Promise<VerifySettings> {
  const problems: string[] = [];
  const { settings } = await openManifest(folder, ({ file, got, expected, advice }) =>
    problems.push(printableLine(`${join(folder, file)}: got ${got}, expected ${expected}. ${advice}`)),
  );
  if (settings === null) throw new UsageError(problems.join(" "));
  return settings;
}
