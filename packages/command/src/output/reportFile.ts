import { type FileHandle, lstat, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { checkArguments, FUNCTION, fields, orNull, PATH, SWITCH, TEXT } from "@vsi/dataset/internal";
import { fileError } from "@vsi/dataset/internal/node";
import { DatasetError } from "@vsi/dataset/node";
import { UsageError } from "../errors.ts";
import { checkOutsideDatasets } from "./datasetAround.ts";
import { realPathOfSync } from "./ownership.ts";

/** A file that a command writes beside its work because a flag names it: a page, a table, a drawing. */
export interface ReportFile {
  /** The flag that names it, as typed: "--html". */
  flag: string;
  path: string;
  /** What the command calls its program, for the message: "vsi-eval". */
  command: string;
  /**
   * Whether a file with this beginning was written by us and may be replaced without asking. CSV and JSONL have no room
   * for a mark that other readers would ignore: null, replaced only with `overwrite`.
   */
  isOurs: ((beginning: string) => boolean) | null;
  /** Whether --overwrite was given: any file may then be replaced, but nothing that is not a file. */
  overwrite: boolean;
}

/** What a ReportFile must be. */
const REPORT_FILE = fields({
  flag: TEXT,
  path: PATH,
  command: TEXT,
  isOurs: orNull(FUNCTION),
  overwrite: SWITCH,
});

/** Bytes of a file that are looked at for its mark; it stands in the first thousand, behind a title. */
const BEGINNING_LENGTH = 4096;

/**
 * Refuses to overwrite someone else's file, and to add one to a dataset. Call it before the work, so that the work is
 * not wasted.
 *
 * @throws UsageError naming the flag and what is there.
 * @throws DatasetError as in fileError.
 *
 * @example
 * ```js
 * import { checkReportFile, writeReportFile } from "@vsi/command";
 *
 * const page = { flag: "--html", path: "page.html", command: "my-command", isOurs: null, overwrite: true };
 * await checkReportFile(page);
 * await writeReportFile(page, "<p>3 chairs</p>");
 * console.log("written"); // written
 * ```
 */
export async function checkReportFile(file: ReportFile): Promise<void> {
  checkArguments("checkReportFile", { file: [file, REPORT_FILE] });
  const { flag, path, command, isOurs, overwrite } = file;
  await checkOutsideDatasets(flag, path, "file");
  await checkParent(flag, path);
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw fileError(error, path, "a file to write");
  });
  if (found === null) return;
  const expected = isOurs === null ? "no file of this name" : `a new file, or one that ${command} wrote`;
  const refuse = (what: string, advice: string): never => {
    throw new UsageError(`${flag} ${path}: got ${what}, expected ${expected}. ${advice}`);
  };
  const elsewhere = "Choose another name; nothing was touched.";
  if (found.isDirectory()) refuse("a folder", elsewhere);
  if (found.isSymbolicLink()) refuse("a link", elsewhere);
  if (!found.isFile()) refuse("a pipe, socket or device", elsewhere);
  if (overwrite) return;
  const orOverwrite = "Choose another name, or replace it with --overwrite; nothing was touched.";
  if (isOurs === null) refuse("an existing file", orOverwrite);
  else if (!isOurs(await beginningOf(path))) refuse(`a file that ${command} did not write`, orOverwrite);
}

/** A page without a folder to write it to would be lost after the work. */
async function checkParent(flag: string, path: string): Promise<void> {
  const parent = dirname(path);
  const found = await stat(parent).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw fileError(error, parent, "a folder to write to");
  });
  if (found?.isDirectory()) return;
  const [got, advice] =
    found === null
      ? ["no such folder", "Create it first, or choose another path."]
      : ["a file", "Choose another path."];
  throw new UsageError(`${flag} ${path}: got ${got} as ${parent}, expected the folder to write to. ${advice}`);
}

async function beginningOf(path: string): Promise<string> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r");
    const { bytesRead, buffer } = await file.read(Buffer.alloc(BEGINNING_LENGTH), 0, BEGINNING_LENGTH, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } catch (error) {
    throw fileError(error, path, "a file to replace");
  } finally {
    await file?.close();
  }
}

/**
 * Writes such a file whole or not at all: aside under a name that nothing has, then renamed. Checks once more first:
 * the work may have taken hours.
 *
 * @throws UsageError as checkReportFile, DatasetError as in fileError.
 *
 * @example
 * ```js
 * import { writeReportFile } from "@vsi/command";
 *
 * const page = { flag: "--html", path: "page.html", command: "my-command", isOurs: null, overwrite: true };
 * await writeReportFile(page, "<p>3 chairs</p>");
 * console.log("written"); // written
 * ```
 */
export async function writeReportFile(file: ReportFile, content: string): Promise<void> {
  checkArguments("writeReportFile", { file: [file, REPORT_FILE], content: [content, TEXT] });
  await checkReportFile(file);
  const aside = `${file.path}.${process.pid}.partial`;
  let made = false;
  try {
    // "wx": an existing file or link is never written through.
    const handle = await open(aside, "wx");
    made = true;
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
    await rename(aside, file.path);
  } catch (error) {
    if (made) await rm(aside, { force: true }).catch(() => undefined);
    throw error instanceof DatasetError ? error : fileError(error, file.path, "a file to write");
  }
}

/**
 * Refuses an output file that is also an input or another output: its content would be lost. Links are followed.
 *
 * @param outputs by flag; those not given are null.
 * @throws UsageError naming the flag.
 */
export function checkOutputFiles(outputs: Readonly<Record<string, string | null>>, inputs: readonly string[]): void {
  const taken = new Set(inputs.map(realPathOfSync));
  for (const [flag, path] of Object.entries(outputs)) {
    if (path === null) continue;
    if (taken.has(realPathOfSync(path))) {
      throw new UsageError(`--${flag} ${path}: already used as an input or another output. Choose another name.`);
    }
    taken.add(realPathOfSync(path));
  }
}
