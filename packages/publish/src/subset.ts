import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { OutputFolder } from "@vsi/command";
import { placeFile } from "@vsi/command/internal";
import type { DatasetSplit, Manifest, Question, Reject } from "@vsi/dataset";
import { checkArguments, fields, MAP, PATH, RECORD } from "@vsi/dataset/internal";
import { JsonlWriter, readJsonl } from "@vsi/dataset/node";
import type * as Validate from "@vsi/dataset/validate";
import { finishDataset } from "./finishDataset.ts";

/** Why a question of the source is not in the subset; goes into rejects.jsonl. */
export type DroppedQuestion = Pick<Reject, "code" | "message" | "value" | "limit">;

interface SubsetInput {
  /** The dataset folder to take from; it stays as it is. */
  source: string;
  /** The source's manifest. */
  manifest: Manifest;
  /** By split, by the question's id. */
  dropped: ReadonlyMap<DatasetSplit, ReadonlyMap<string, DroppedQuestion>>;
  /** What decided who is dropped: added to the manifest's settings. */
  settings: Readonly<Record<string, unknown>>;
}

type Counts = NonNullable<Manifest["counts"]["questions"][DatasetSplit]>;

/** What is taken from the source file by file. */
const LINKED_FOLDERS = ["scenes", "frames", "videos"] as const;

/**
 * Assembles, in the output folder's staging folder, a dataset without some of another's questions: the rest of them in
 * their order, every dropped one among the rejects, scenes and frames linked, and the manifest, card and checksums that
 * belong to it. `publish` moves it into place. Other files of the source (exports, pages) tell of all its questions and
 * are left behind.
 *
 * @throws DatasetError naming the file and line of the source that cannot be read or breaks the schema.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { openOutputFolder, publish } from "@vsi/command";
 * import { DATASET_FILES, DATASET_IDENTITY, writeSubset } from "@vsi/publish";
 *
 * const manifest = JSON.parse(await readFile("vsi-100k/manifest.json", "utf8"));
 * const [line] = (await readFile("vsi-100k/data/train.jsonl", "utf8")).split("\n");
 * const why = { code: "not-clear", message: "Two people disagreed on the answer.", value: null, limit: null };
 * const dropped = new Map([["train", new Map([[JSON.parse(line).id, why]])]]);
 * const folder = await openOutputFolder("reviewed", {
 *   command: "my-review",
 *   identity: DATASET_IDENTITY,
 *   resume: false,
 *   overwrite: false,
 *   firstFiles: DATASET_FILES,
 *   settings: "",
 * });
 * const { counts } = await writeSubset(folder, { source: "vsi-100k", manifest, dropped, settings: { reviewed: true } });
 * await publish(folder, null);
 * folder.release();
 * console.log(counts.rejects["not-clear"]); // 1
 * ```
 */
export async function writeSubset(folder: OutputFolder, input: SubsetInput): Promise<Manifest> {
  checkArguments("writeSubset", {
    folder: [folder, fields({ stagingFolder: PATH })],
    input: [
      input,
      fields({
        source: PATH,
        manifest: fields({ counts: fields({ questions: RECORD, rejects: RECORD }), settings: RECORD }),
        dropped: MAP,
        settings: RECORD,
      }),
    ],
  });
  const { source, dropped, settings } = input;
  const staging = folder.stagingFolder;
  await rm(staging, { recursive: true, force: true });
  await mkdir(join(staging, "data"), { recursive: true });
  const manifest = structuredClone(input.manifest);
  Object.assign(manifest.settings, settings);
  await writeJsonl<Reject>(join(staging, "rejects.jsonl"), async (rejects) => {
    await copyRejects(source, rejects);
    for (const [split, counts] of Object.entries(manifest.counts.questions) as [DatasetSplit, Counts][]) {
      const ofSplit = dropped.get(split) ?? new Map<string, DroppedQuestion>();
      await copyQuestions(source, staging, split, async (question) => {
        const reason = ofSplit.get(question.id);
        if (reason === undefined) return true;
        counts[question.question_type] = (counts[question.question_type] ?? 0) - 1;
        manifest.counts.rejects[reason.code] = (manifest.counts.rejects[reason.code] ?? 0) + 1;
        await rejects.write(rejectOf(question, reason));
        return false;
      });
    }
  });
  for (const name of LINKED_FOLDERS) await linkFolder(join(source, name), join(staging, name));
  await finishDataset(staging, manifest);
  return manifest;
}

/** Writes a JSONL file; when `fill` fails, the unfinished file is closed and removed. */
async function writeJsonl<JsonRecord extends object>(
  path: string,
  fill: (writer: JsonlWriter<JsonRecord>) => Promise<void>,
): Promise<void> {
  const writer = await JsonlWriter.open<JsonRecord>(path);
  try {
    await fill(writer);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  await writer.close();
}

async function copyRejects(source: string, rejects: JsonlWriter<Reject>): Promise<void> {
  const file = join(source, "rejects.jsonl");
  const validate: typeof Validate = await import("@vsi/dataset/validate");
  for await (const { line, record } of readJsonl(file)) {
    validate.validateReject(record, { file, place: `line ${line}` });
    await rejects.write(record);
  }
}

async function copyQuestions(
  source: string,
  staging: string,
  split: DatasetSplit,
  keeps: (question: Question) => Promise<boolean>,
): Promise<void> {
  const file = join(source, "data", `${split}.jsonl`);
  const validate: typeof Validate = await import("@vsi/dataset/validate");
  await writeJsonl<Question>(join(staging, "data", `${split}.jsonl`), async (writer) => {
    for await (const { line, record } of readJsonl(file)) {
      validate.validateQuestion(record, { file, place: `line ${line}` });
      if (await keeps(record)) await writer.write(record);
    }
  });
}

function rejectOf({ dataset, scene_name, question_type, evidence }: Question, reason: DroppedQuestion): Reject {
  const { code, message, value, limit } = reason;
  const { object_ids } = evidence;
  return {
    schema: "vsi-reject/1",
    dataset,
    scene_name,
    question_type,
    code,
    message,
    object_ids,
    value,
    limit,
    unit: null,
  };
}

/** Links every file below a folder; a folder that is not there has none. */
async function linkFolder(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const target = join(to, relative(from, join(entry.parentPath, entry.name)));
    await mkdir(dirname(target), { recursive: true });
    placeFile(join(entry.parentPath, entry.name), target);
  }
}
