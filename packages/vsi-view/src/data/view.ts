import { lstat, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { UsageError } from "@vsi/command";
import type { DatasetSplit, Manifest } from "@vsi/dataset";
import { at, optional, orNull, PATH, TEXTS } from "@vsi/dataset/internal";
import type { ScanFolder } from "@vsi/geometry/node";
import { DEFAULT_AUDIT_OPTIONS } from "@vsi/inspect";
import {
  checkDatasetFolder,
  DATASET_SPLITS,
  inThread,
  MANIFEST_FILE,
  type QuestionAudit,
  REJECTS_FILE,
  readManifest,
  readScene,
  sceneFile,
  splitFile,
} from "@vsi/inspect/internal";
import { sourceTerms } from "@vsi/publish/internal";
import type { AuditData, Overview, QuestionTable, RunData, SceneData, SceneSummary, TrainingData } from "./contract.ts";
import { readMeshData, scansByName } from "./mesh.ts";
import { once } from "./once.ts";
import { indexQuestions, type QuestionIndex } from "./questionIndex.ts";
import { type OpenedRun, openRuns, runReader } from "./runs.ts";
import { listScenes, summarizeScenes } from "./scenes.ts";
import { readTraining } from "./trainings.ts";

/** What is looked at. */
export interface ViewOptions {
  /** The dataset folder. */
  folder: string;
  /** Raw scans for the rooms' meshes; null for none. */
  scannet: string | null;
  /** Evaluation runs: folders of vsi-eval, or JSONL files of predictions. */
  runs: readonly string[];
  /** Training runs: folders of vsi-train. */
  train: readonly string[];
}

/** What viewing takes unless told otherwise. */
export const VIEW_DEFAULTS: Omit<ViewOptions, "folder"> = { scannet: null, runs: [], train: [] };

/** What each must be; all but the folder may be left out. */
export const VIEW_KINDS = {
  folder: PATH,
  scannet: optional(orNull(PATH)),
  runs: optional(TEXTS),
  train: optional(TEXTS),
};

/** A dataset with its runs, as the page asks for it; what takes long is worked out when it is asked for, and kept. */
export interface View {
  folder: string;
  manifest: Manifest;
  splits: DatasetSplit[];
  index: QuestionIndex;
  overview(): Promise<Overview>;
  questions(): QuestionTable;
  scene(scene: number): Promise<SceneData>;
  run(run: number): Promise<RunData>;
  audit(): Promise<AuditData>;
  training(training: number): Promise<TrainingData>;
  /** The bytes that MeshHeader describes. */
  mesh(scene: number): Promise<Uint8Array>;
}

/**
 * Opens a dataset folder, and what is looked at beside it. Nothing is written.
 *
 * @throws UsageError for a folder that is no dataset or is being replaced, GeometryError, EvaluationError, TrainError
 * and DatasetError for what cannot be read beside it.
 */
export async function openView({ folder, scannet, runs: runPaths, train }: ViewOptions): Promise<View> {
  await checkDatasetFolder(folder);
  const manifest = await readManifest(folder);
  const splits = await splitsIn(folder);
  const names = await listScenes(folder);
  await checkInside(folder, [
    MANIFEST_FILE,
    REJECTS_FILE,
    ...splits.map((split) => splitFile(split)),
    ...names.map((name) => sceneFile(name)),
  ]);
  const scans = scannet === null ? new Map<string, ScanFolder>() : await scansByName(scannet, names);
  const index = await indexQuestions(folder, splits, names);
  const runs = await openRuns(runPaths, folder, splits, index);
  const trainings: Overview["trainings"] = [];
  for (const path of train) trainings.push({ name: (await readTraining(path, index)).name, path });
  const scenes = once(() => summarizeScenes(folder, names, splits, index, new Set(scans.keys())));
  const audit = once(async () => {
    const audited = await inThread("auditQuestions", folder, [], DEFAULT_AUDIT_OPTIONS);
    // Of other questions than those on the page it would say nothing.
    await index.checkUnchanged();
    return auditData(audited, index);
  });
  return {
    folder,
    manifest,
    splits,
    index,
    async overview() {
      return overviewOf({ manifest, splits, index, runs, trainings, scenes: await scenes() });
    },
    questions: () => index.table,
    async scene(scene) {
      const rows = at(index.rowsOfScene, scene);
      const { questions } = index.table;
      return {
        facts: await readScene(folder, at(names, scene)),
        ...(await index.read(rows)),
        rows: rows.filter((row) => row < questions),
        rejectRows: rows.filter((row) => row >= questions),
      };
    },
    run: runReader(runs, index),
    audit,
    training: (training) => readTraining(at(trainings, training).path, index),
    mesh: (scene) => readMeshData(scans.get(at(names, scene)) as ScanFolder),
  };
}

/**
 * A downloaded dataset could lead to any file of whoever looks at it, and an export would publish that file.
 *
 * @throws UsageError for a file whose real path is not in the folder.
 */
async function checkInside(folder: string, files: readonly string[]): Promise<void> {
  const inside = await realpath(folder);
  for (const file of files) {
    const path = await realpath(join(folder, file)).catch(() => null);
    if (path === null || path.startsWith(`${inside}${sep}`)) continue;
    throw new UsageError(
      `${join(folder, file)}: got a link that leads out of the dataset folder, expected a file in it. The hub's cache is made of such links: download with --local-dir, or copy the folder with cp -rL.`,
    );
  }
}

/** Those that have a file of questions, be it an empty one. */
async function splitsIn(folder: string): Promise<DatasetSplit[]> {
  const found = await Promise.all(
    DATASET_SPLITS.map((split) => lstat(join(folder, `data/${split}.jsonl`)).catch(() => null)),
  );
  return DATASET_SPLITS.filter((_, index) => found[index] !== null);
}

function overviewOf({
  manifest,
  splits,
  index,
  runs,
  trainings,
  scenes,
}: Pick<Overview, "manifest" | "splits" | "trainings" | "scenes"> & {
  index: QuestionIndex;
  runs: readonly OpenedRun[];
}): Overview {
  return {
    name: manifest.name,
    manifest,
    splits,
    types: index.types,
    scenes,
    runs: runs.map(({ name, path }) => ({ name, path })),
    trainings,
    hasAudit: true,
    terms: termsOf(scenes),
    questionsLeftOut: 0,
  };
}

/** What the terms of the scenes' sources say, each once. */
export function termsOf(scenes: readonly Pick<SceneSummary, "dataset">[]): string[] {
  const sources = new Set(scenes.flatMap(({ dataset }) => dataset ?? []));
  return [...sources].sort().map((dataset) => sourceTerms(dataset).text);
}

function auditData({ report, blind }: QuestionAudit, { table, rowOfId }: QuestionIndex): AuditData {
  const guessable = new Array<number | null>(table.rows).fill(null);
  for (const { id, score } of Object.values(blind).flat()) {
    const row = rowOfId.get(id);
    if (row !== undefined) guessable[row] = score;
  }
  const { questions: _, ...splits } = report.splits;
  return { splits, guessable };
}
