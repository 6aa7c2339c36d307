import { lstat, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "@vsi/command";
import { fileError } from "@vsi/dataset/internal/node";
import { hashFile, writeFileAtomically } from "@vsi/dataset/node";

/** Lists our files in an export's folder, so that --overwrite recognises them. */
const RECORD_FILE = "vsi-export.json";

const RECORD_SCHEMA = "vsi-export/1";

/** New files are completed here before any old one is touched. */
const STAGING_FOLDER = ".vsi-export";

interface ExportRecord {
  schema: typeof RECORD_SCHEMA;
  /** False while files are moved into place: the same export then simply begins again. */
  finished: boolean;
  /** By name, the sha256 of what we wrote there: the old and the new while files are moved. */
  files: Record<string, string[]>;
}

/** Where an export's files are written before they take their place. */
export interface ExportFolder {
  staging: string;
  /** Moves these files into place, with their record, and removes our old files that are not among them. */
  publish(names: readonly string[]): Promise<void>;
}

/**
 * Prepares an existing, locked folder for an export. Other files stay, and are refused where one of ours would go.
 *
 * @param known all names that an export may write.
 * @throws UsageError for an export that is there, without `overwrite`, and for a file in the way that is not proven to
 * be ours; DatasetError when the folder can't be written.
 */
export async function openExportFolder(
  out: string,
  known: readonly string[],
  overwrite: boolean,
): Promise<ExportFolder> {
  const staging = join(out, STAGING_FOLDER);
  try {
    const record = await readRecord(out);
    const ours = await provenOurs(out, known, record);
    if (ours.size > 0 && record?.finished === true && !overwrite) {
      throw new UsageError(
        `--out ${out}: holds ${[...ours.keys()].join(", ")}. Choose another folder, or add --overwrite.`,
      );
    }
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging);
    return { staging, publish: (names) => publish(out, ours, names) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw fileError(error, out, "a folder to write the export to");
  }
}

/** @throws UsageError naming what stands where a file of ours would go. */
async function provenOurs(
  out: string,
  known: readonly string[],
  record: ExportRecord | null,
): Promise<Map<string, string>> {
  const ours = new Map<string, string>();
  for (const name of [...known, RECORD_FILE, STAGING_FOLDER]) {
    const entry = await lstat(join(out, name)).catch(() => null);
    if (entry === null) continue;
    if (name === STAGING_FOLDER ? entry.isDirectory() : name === RECORD_FILE && record !== null) continue;
    const sha256 = entry.isFile() ? await hashFile(join(out, name)) : "";
    if (record?.files[name]?.includes(sha256) === true) ours.set(name, sha256);
    else {
      throw new UsageError(
        `--out: ${join(out, name)} is in the way: vsi-train export did not write it, or it was changed since. Move it away, or choose another folder; nothing was touched.`,
      );
    }
  }
  return ours;
}

async function publish(out: string, ours: ReadonlyMap<string, string>, names: readonly string[]): Promise<void> {
  const fresh = new Map<string, string>();
  for (const name of names) fresh.set(name, await hashFile(join(out, STAGING_FOLDER, name)));
  const both = [...new Set([...ours.keys(), ...names])].map((name): [string, string[]] => [
    name,
    [ours.get(name), fresh.get(name)].filter((sha256) => sha256 !== undefined),
  ]);
  await writeRecord(out, { schema: RECORD_SCHEMA, finished: false, files: Object.fromEntries(both) });
  try {
    for (const name of ours.keys()) if (!fresh.has(name)) await rm(join(out, name));
    for (const name of names) await rename(join(out, STAGING_FOLDER, name), join(out, name));
    await rm(join(out, STAGING_FOLDER), { recursive: true });
  } catch (error) {
    throw fileError(error, out, "a folder to write the export to");
  }
  const files = Object.fromEntries([...fresh].map(([name, sha256]) => [name, [sha256]]));
  await writeRecord(out, { schema: RECORD_SCHEMA, finished: true, files });
}

async function writeRecord(out: string, record: ExportRecord): Promise<void> {
  await writeFileAtomically(join(out, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/** Null where there is none, or a file of that name that is not ours. */
async function readRecord(out: string): Promise<ExportRecord | null> {
  try {
    const path = join(out, RECORD_FILE);
    if (!(await lstat(path)).isFile()) return null;
    const record = JSON.parse(await readFile(path, "utf8")) as ExportRecord | null;
    const isOurs =
      record?.schema === RECORD_SCHEMA &&
      typeof record.files === "object" &&
      record.files !== null &&
      Object.values(record.files).every((hashes) => Array.isArray(hashes));
    return isOurs ? record : null;
  } catch {
    return null;
  }
}
