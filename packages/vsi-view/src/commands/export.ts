import { type Progress, progressStyle, startProgress } from "@vsi/command";
import type { Values } from "@vsi/command/program";
import { countOf, printable } from "@vsi/dataset/internal";

import { type ExportReport, exportSite } from "../site/exportSite.ts";
import type { EXPORT } from "./flags.ts";

/** Exports a site and says what is in it, and what its sources' terms are. */
export async function run(flags: Values<typeof EXPORT>): Promise<number> {
  const { folder, out, limit, scannet, audit, includeRestricted, overwrite, json, quiet, logLevel } = flags;
  let progress: Progress | null = null;
  const report = await exportSite(
    {
      folder,
      out,
      limit,
      scannet,
      audit,
      includeRestricted,
      overwrite,
      runs: flags.runs ?? [],
      train: flags.train ?? [],
    },
    {
      onStart(scenes) {
        progress = startProgress(scenes, "scenes", progressStyle({ quiet: quiet || json, logLevel }));
      },
      onScene: (name) => progress?.done(name),
    },
  ).finally(() => progress?.stop());
  if (json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!quiet) process.stdout.write(printable(`${closingLines(report, out)}\n`));
  return 0;
}

function closingLines(
  { scenes, questions, questionsLeftOut, frames, meshes, restricted, terms }: ExportReport,
  out: string,
) {
  const left = questionsLeftOut === 0 ? "" : ` (${countOf(questionsLeftOut, "question")} left out by --limit)`;
  return [
    `${countOf(questions, "question")} about ${countOf(scenes, "scene")}${left}, ${countOf(frames, "frame")}, ${countOf(meshes, "mesh", "meshes")}: open ${out}/index.html.`,
    ...(restricted === "left out"
      ? ["Frames and meshes that may not be passed on were left out; --include-restricted adds them for your own use."]
      : []),
    ...(restricted === "included"
      ? ["This site holds frames or meshes that may not be passed on: keep it to yourself."]
      : []),
    ...terms,
  ].join("\n");
}
