import {
  checkFlagValues,
  checkReportFile,
  commonFlags,
  type ReportFile,
  UsageError,
  writeReportFile,
} from "@vsi/command";
import { printable } from "@vsi/dataset/internal";
import { describeEvidence } from "@vsi/questions";
import type { Argv } from "yargs";
import { checkDatasetFolder } from "../folder/datasetFolder.ts";
import { openManifest, type VerifySettings } from "../folder/manifest.ts";
import { describeProblem } from "../folder/problem.ts";
import { readScene, verifiedScene } from "../folder/scene.ts";
import { planOf } from "../show/plan.ts";
import { findQuestion, showText } from "../show/question.ts";
import { canSketch, planSketch } from "../show/sketch.ts";
import { isOurDrawing, planSvg } from "../show/svg.ts";

/** Prints one question and draws its room from above; the exit code is 0. */
export async function runShow(flags: ShowFlags): Promise<number> {
  checkFlagValues(flags);
  const { folder, id, svg, overwrite, json, quiet } = flags;
  const drawing: ReportFile | null =
    svg === undefined ? null : { flag: "--svg", path: svg, command: "vsi-build", isOurs: isOurDrawing, overwrite };
  if (drawing !== null) await checkReportFile(drawing);
  await checkDatasetFolder(folder);
  const settings = await settingsOf(folder);
  const found = await findQuestion(folder, id);
  const { question } = found;
  const scene = verifiedScene(await readScene(folder, question.scene_name), settings);
  const plan = planOf(question, scene);
  if (drawing !== null) await writeReportFile(drawing, planSvg(plan, question.question));
  if (json) {
    const objects = question.evidence.object_ids.flatMap((object) => scene.objects.get(object) ?? []);
    const record = { ...found, evidence: describeEvidence(question, scene), objects };
    process.stdout.write(printable(`${JSON.stringify(record, null, 2)}\n`));
  } else if (!quiet) {
    process.stdout.write(printable(`${showText(found, scene)}\n`));
    if (canSketch(process.stdout, process.env))
      process.stdout.write(printable(`\n${planSketch(plan, process.stdout.columns)}\n`));
    if (svg !== undefined) process.stdout.write(printable(`\nDrawing written to ${svg}\n`));
  }
  return 0;
}

/** @throws UsageError when the manifest can't be used. */
async function settingsOf(folder: string): Promise<VerifySettings> {
  const problems: string[] = [];
  const { settings } = await openManifest(folder, (problem) => problems.push(describeProblem(problem)));
  if (settings === null) throw new UsageError(`${folder}: ${problems.join(" ")}`);
  return settings;
}

/** The flags of `vsi-build show`. */
export function showFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("folder", { type: "string", demandOption: true, describe: "The dataset folder" })
    .positional("id", { type: "string", demandOption: true, describe: "The question's id, or the beginning of it" })
    .option("svg", { type: "string", requiresArg: true, describe: "Write the drawing to this SVG file" })
    .option("overwrite", {
      type: "boolean",
      default: false,
      describe: "Replace the file of --svg, whoever wrote it",
    })
    .example("$0 show ./vsi-100k 3f9a", "when only one id begins so")
    .example("$0 show ./vsi-100k 3f9a --svg plan.svg", "the room from above, as a picture");
}

type ShowFlags = Awaited<ReturnType<typeof showFlags>["argv"]>;
