import { createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { explainFileError, type OutputFolder, openOutputFolder, publish, UsageError } from "@vsi/command";
import { overlap } from "@vsi/command/internal";
import { packageVersion } from "@vsi/command/program";
import {
  at,
  checkOptions,
  checkRecord,
  FUNCTION,
  optional,
  orNull,
  PATH,
  SWITCH,
  wholeFrom,
} from "@vsi/dataset/internal";
import { checkListedName } from "@vsi/dataset/internal/node";
import { hashFolder, writeChecksums } from "@vsi/dataset/node";
import { sourceTerms } from "@vsi/publish/internal";
import type { Overview, SceneSummary } from "../data/contract.ts";
import { openView, termsOf, VIEW_DEFAULTS, VIEW_KINDS, type View, type ViewOptions } from "../data/view.ts";
import { FRAME_REFUSALS, isPlainName, openFrame } from "../server/frameFile.ts";
import { contentSecurityPolicy, PAGE_FILES, readPage } from "../server/pageFiles.ts";
import { type Selection, selectAudit, selectRun, selectScene, selectScenes, selectTraining } from "./selection.ts";

/** What goes into a site, and where it goes. */
export interface ExportOptions extends ViewOptions {
  /** The folder to write. */
  out: string;
  /** Maximum number of questions; null for all. */
  limit: number | null;
  /** Whether to run the audit. */
  audit: boolean;
  /** Whether frames and meshes go into the site although their source's terms forbid passing them on. */
  includeRestricted: boolean;
  /** Replace an earlier site. */
  overwrite: boolean;
}

/** What exporting takes unless told otherwise. */
export const EXPORT_DEFAULTS: Omit<ExportOptions, "folder" | "out"> = {
  ...VIEW_DEFAULTS,
  limit: null,
  audit: false,
  includeRestricted: false,
  overwrite: false,
};

const EXPORT_KINDS = {
  ...VIEW_KINDS,
  out: PATH,
  limit: optional(orNull(wholeFrom(1))),
  audit: optional(SWITCH),
  includeRestricted: optional(SWITCH),
  overwrite: optional(SWITCH),
};

/** What a site holds. */
export interface ExportReport {
  scenes: number;
  questions: number;
  /** Left out by the limit. */
  questionsLeftOut: number;
  /** Files of frames/. */
  frames: number;
  meshes: number;
  /** Frames and meshes whose terms forbid passing them on; "none" where there are no such files. */
  restricted: "none" | "left out" | "included";
  /** What the sources' terms say, one sentence each. */
  terms: string[];
}

/** Told how far the export is. */
export interface ExportHooks {
  /** Called once before the first scene, with the number of scenes to write. */
  onStart?: (scenes: number) => void;
  /** Called after each scene, with its name. */
  onScene?: (sceneName: string) => void;
}

/** How a finished site is known. */
const SITE_IDENTITY = { file: "site.json", schema: "vsi-view-site/1", noun: "site" } as const;

/**
 * Writes the page and a dataset's data as a static site, whole or not at all. It opens from any web server and from a
 * file: data are classic scripts, since Chromium fetches nothing from file:.
 *
 * @throws UsageError for a folder that is in the way or overlaps what is read, and as in openView.
 *
 * @example
 * ```js
 * import { exportSite } from "vsi-view";
 *
 * const { scenes, meshes } = await exportSite({ folder: "vsi-100k", out: "site" });
 * console.log(scenes > 0, meshes); // true 0
 * ```
 */
export async function exportSite(
  options: Partial<ExportOptions> & Pick<ExportOptions, "folder" | "out">,
  hooks: ExportHooks = {},
): Promise<ExportReport> {
  checkRecord(options, EXPORT_KINDS, "exportSite");
  checkOptions(hooks, { onStart: FUNCTION, onScene: FUNCTION }, "exportSite");
  const { onStart, onScene } = hooks;
  const settings: ExportOptions = { ...EXPORT_DEFAULTS, ...options };
  const { folder, out, overwrite } = settings;
  await checkApart(settings);
  const page = await readPage();
  const view = await openView({ folder, scannet: settings.scannet, runs: settings.runs, train: settings.train });
  const selection = selectScenes(view.index, settings.limit);
  const plan = await planOf(view, selection, settings);
  const version = await packageVersion(new URL("../../package.json", import.meta.url));
  const target = await openOutputFolder(out, {
    command: "vsi-view export",
    identity: SITE_IDENTITY,
    resume: false,
    overwrite,
    beginsAgain: true,
    firstFiles: [...PAGE_FILES, SITE_IDENTITY.file, ...plan.names.map((name) => `data/${name}.js`)],
    settings: JSON.stringify({
      version,
      overview: plan.overview,
      data: [...(await hashFolder(join(folder, "data")))],
    }),
  }).catch((error: unknown) => {
    throw explainFileError(error, out);
  });
  try {
    await rm(target.stagingFolder, { recursive: true, force: true });
    await mkdir(join(target.stagingFolder, "data"), { recursive: true });
    onStart?.(plan.overview.scenes.length);
    for (const name of PAGE_FILES) await writeText(target, name, exportedPage(name, page.get(name) ?? ""));
    await writeText(
      target,
      "THIRD_PARTY_LICENSES",
      await readFile(new URL("../../THIRD_PARTY_LICENSES", import.meta.url), "utf8"),
    );
    await writeData(target, view, selection, plan, onScene);
    const report: ExportReport = {
      scenes: plan.overview.scenes.length,
      questions: selection.table.questions,
      questionsLeftOut: plan.overview.questionsLeftOut,
      frames: plan.frames.reduce((sum, names) => sum + names.length, 0),
      meshes: plan.overview.scenes.filter(({ hasMesh }) => hasMesh).length,
      restricted: plan.restricted,
      terms: plan.overview.terms,
    };
    const { name } = view.manifest;
    await writeText(
      target,
      SITE_IDENTITY.file,
      `${JSON.stringify({ schema: SITE_IDENTITY.schema, name, version, ...report }, null, 2)}\n`,
    );
    await writeChecksums(target.stagingFolder);
    await publish(target, report);
    return report;
  } catch (error) {
    throw explainFileError(error, out);
  } finally {
    target.release();
  }
}

/** What is read may not be written to, nor published by lying in the site. */
async function checkApart({ folder, out, scannet, runs, train }: ExportOptions): Promise<void> {
  for (const input of [folder, ...(scannet === null ? [] : [scannet]), ...runs, ...train]) {
    if (await overlap(input, out)) {
      throw new UsageError(`--out ${out}: is ${input}, or inside it, or contains it. Choose a folder elsewhere.`);
    }
  }
}

interface Plan {
  overview: Overview;
  /** Frames by new scene index. */
  frames: string[][];
  /** Names of data that are not scenes' own. */
  names: string[];
  restricted: ExportReport["restricted"];
}

async function planOf(view: View, selection: Selection, options: ExportOptions): Promise<Plan> {
  const { table } = view.index;
  const whole = await view.overview();
  const found = selection.scenes.map((scene) => at(whole.scenes, scene));
  // A site is passed on, and has no gaps that only its maker knows of: reading the scene throws what is wrong with it.
  for (const scene of selection.scenes) if (whole.scenes[scene]?.problem !== null) await view.scene(scene);
  const isHeld = ({ dataset }: SceneSummary) => dataset === null || !sourceTerms(dataset).mayBeShared;
  const held = found.some((scene) => isHeld(scene) && (scene.hasMesh || scene.hasFrames));
  const scenes = found.map((scene) =>
    isHeld(scene) && !options.includeRestricted ? { ...scene, hasMesh: false, hasFrames: false } : scene,
  );
  const overview: Overview = {
    ...whole,
    // Where somebody's files lie is nobody's business.
    runs: whole.runs.map(({ name }) => ({ name, path: name })),
    trainings: whole.trainings.map(({ name }) => ({ name, path: name })),
    scenes,
    hasAudit: options.audit,
    terms: termsOf(scenes),
    questionsLeftOut: table.questions - selection.table.questions,
  };
  return {
    overview,
    frames: await Promise.all(
      scenes.map(({ scene_name, hasFrames }) => (hasFrames ? framesOf(view.folder, scene_name) : [])),
    ),
    names: [
      "overview",
      "questions",
      ...(options.audit ? ["audit"] : []),
      ...whole.runs.map((_, run) => `run-${run}`),
      ...whole.trainings.map((_, training) => `training-${training}`),
    ],
    restricted: held ? (options.includeRestricted ? "included" : "left out") : "none",
  };
}

async function framesOf(folder: string, scene: string): Promise<string[]> {
  const names = await readdir(join(folder, "frames", scene)).catch(() => []);
  const images = names.filter((name) => isPlainName(name) && /\.(jpe?g|png)$/i.test(name)).sort();
  // What the site's checksums cannot list: said before minutes of writing, not after.
  for (const name of images) checkListedName(folder, `frames/${scene}/${name}`);
  return images;
}

async function writeData(
  target: OutputFolder,
  view: View,
  selection: Selection,
  { overview, frames, names }: Plan,
  onScene: ExportHooks["onScene"],
): Promise<void> {
  for (const name of names) {
    const [kind, number] = name.split("-");
    const index = Number(number);
    if (kind === "overview") await writeValue(target, name, overview);
    if (kind === "questions") await writeValue(target, name, selection.table);
    if (kind === "audit") await writeValue(target, name, selectAudit(await view.audit(), selection));
    if (kind === "run") await writeValue(target, name, selectRun(await view.run(index), selection));
    if (kind === "training") await writeValue(target, name, selectTraining(await view.training(index), selection));
  }
  for (const [index, scene] of selection.scenes.entries()) {
    const { scene_name, hasMesh } = at(overview.scenes, index);
    await writeValue(target, `scene-${index}`, selectScene(await view.scene(scene), selection));
    if (hasMesh) await writeValue(target, `mesh-${index}`, Buffer.from(await view.mesh(scene)).toString("base64"));
    await copyFrames(target, view.folder, scene_name, at(frames, index));
    onScene?.(scene_name);
  }
}

/** A script that hands its value to the page; in ASCII, which is the same whatever a server says of the encoding. */
async function writeValue(target: OutputFolder, name: string, value: unknown): Promise<void> {
  const json = JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  await writeText(target, `data/${name}.js`, `vsiData(${JSON.stringify(name)}, ${json});\n`);
}

async function writeText(target: OutputFolder, file: string, text: string): Promise<void> {
  await writeFile(join(target.stagingFolder, file), text);
}

async function copyFrames(
  target: OutputFolder,
  folder: string,
  scene: string,
  names: readonly string[],
): Promise<void> {
  const to = join(target.stagingFolder, "frames", scene);
  if (names.length > 0) await mkdir(to, { recursive: true });
  for (const name of names) {
    const frame = await openFrame(folder, scene, name);
    if (typeof frame === "string") {
      throw new UsageError(`${folder}/frames/${scene}/${name} ${FRAME_REFUSALS[frame]}`);
    }
    try {
      await pipeline(frame.handle.createReadStream(), createWriteStream(join(to, name)));
    } finally {
      await frame.handle.close();
    }
  }
}

function exportedPage(name: string, text: string): string {
  if (name !== "index.html") return text;
  const policy = `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(false)}">`;
  return text.replace('data-source="server"', 'data-source="export"').replace("<head>", `<head>\n    ${policy}`);
}
