import { existsSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ScanFolder } from "@vsi/geometry/node";
import { lacks, loadPackage, packageFile, type Version, versionBefore } from "./before.ts";

/** Where a scan's four files are. */
export function pathsOf({ path, scanId }: ScanFolder) {
  return {
    mesh: join(path, `${scanId}_vh_clean_2.ply`),
    segments: join(path, `${scanId}_vh_clean_2.0.010000.segs.json`),
    aggregation: join(path, `${scanId}.aggregation.json`),
    scanInfo: join(path, `${scanId}.txt`),
  };
}

interface ScanWork {
  version: Version;
  /** Where results go; a new folder for each call of what is returned, so that none is taken up again. */
  folder: string;
  /** Settings that are not the version's own default. */
  settings?: Readonly<Record<string, unknown>>;
}

/** What a thread of vsi-build does with each scan, from its files to its questions, facts and refusals on the disk. */
export async function scanWork({
  version,
  folder,
  settings,
}: ScanWork): Promise<(scans: readonly ScanFolder[]) => Promise<void>> {
  const runScanTask = (await pipelinePart(version, "default", ["scanWorker.js"])) as (
    task: unknown,
  ) => Promise<{ status: string; summary: { failure: { message: string } | null } }>;
  const processOptions = (await pipelinePart(version, "processOptions", OPTIONS_FILES)) as (
    settings: unknown,
  ) => Promise<unknown>;
  const keptFolders = (await pipelinePart(version, "keptFolders", KEPT_FILES)) as (
    working: string,
    settings: string,
  ) => unknown;
  const options = await processOptions({ ...(await defaultSettings(version)), ...settings });
  return async (scans) => {
    const working = await mkdtemp(join(folder, "results-"));
    for (const name of KEPT_FOLDERS) await mkdir(join(working, name));
    const kept = keptFolders(working, "");
    for (const scan of scans) {
      const { summary } = await runScanTask({ input: { kind: "raw", folder: scan }, kept, options });
      if (summary.failure !== null) throw new Error(summary.failure.message);
    }
  };
}

/** Where it was until 0.1, and where it is since: vsi-build does not export its threads' work. */
const OPTIONS_FILES = ["processOptions.js", "processScan.js"];
const KEPT_FILES = ["keptFolders.js", "keptResults.js"];

/** Until 0.1 refusals stood in the results: it leaves its folder empty. */
const KEPT_FOLDERS = ["results", "rejects", "scenes"];

/** The settings of a build that its user leaves alone. */
async function defaultSettings(version: Version): Promise<object> {
  // Until 0.1 vsi-build had what @vsi/publish has since.
  const [name, values] =
    packageFile(version, "@vsi/publish") === null
      ? ["vsi-build", "DEFAULT_BUILD_OPTIONS"]
      : ["@vsi/publish", "DEFAULT_DATASET_SETTINGS"];
  return (await loadPackage<Record<string, object>>(version, name))[values] ?? {};
}

/** Whether VSI_BENCH_BEFORE's version asks, unless told, what this one asks by --rules paper. */
export async function isBeforeRules(): Promise<boolean> {
  const before = versionBefore();
  return before !== null && !("rules" in (await defaultSettings(before)));
}

/** A line for a table's notes where the two versions do not do the same work. */
export async function workNotes(): Promise<string[]> {
  if (!(await isBeforeRules())) return [];
  return [
    "VSI_BENCH_BEFORE's version has no --rules: it asks what this one asks by --rules paper, and not by its default.",
  ];
}

/** @throws BenchmarkError where none of the files has it. */
async function pipelinePart(version: Version, name: string, files: readonly string[]): Promise<unknown> {
  const entry = packageFile(version, "vsi-build");
  for (const file of entry === null ? [] : files) {
    const path = join(dirname(entry ?? ""), "pipeline", file);
    const module = existsSync(path) ? ((await import(pathToFileURL(path).href)) as Record<string, unknown>) : {};
    if (module[name] !== undefined) return module[name];
  }
  throw lacks(version, `${name} in vsi-build's dist/pipeline/${files.join(" or ")}`);
}
