import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import {
  checkArguments,
  checkOptions,
  countOf,
  describeValue,
  FUNCTION,
  isRecord,
  orNull,
  PATH,
  SWITCH,
} from "@vsi/dataset/internal";
import { GeometryError } from "../errors.ts";
import { isScanId } from "../sources/scannet/scanInfo.ts";
import { toFileError } from "./files.ts";

/** The folder of one scan. */
export interface ScanFolder {
  /** "scene0000_00", or the folder's name for a room of one's own. */
  scanId: string;
  path: string;
  /** Whether it lies in `scans_test`, whose scans have no annotation. */
  isTestFolder: boolean;
}

/** Which folders are scans. */
export interface FindScansOptions {
  /** Whether every folder with a mesh is one, whatever its name. */
  anyName: boolean;
  /** Told of each folder that can't be a scan, by its name; without it the first one is thrown. */
  onBadFolder: ((name: string, error: GeometryError) => void) | null;
}

/** What findScans takes unless told otherwise: ScanNet's names alone. */
export const FIND_SCANS_DEFAULTS: FindScansOptions = { anyName: false, onBadFolder: null };

/** What a raw folder looks like, for whoever gave another one. */
export const RAW_FOLDER_ADVICE = `A raw ScanNet folder looks like this:
  <root>/scans/scene0000_00/scene0000_00_vh_clean_2.ply
  <root>/scans/scene0000_00/scene0000_00_vh_clean_2.0.010000.segs.json
  <root>/scans/scene0000_00/scene0000_00.aggregation.json
  <root>/scans/scene0000_00/scene0000_00.txt`;

/** The same for rooms of one's own. */
const OWN_ROOMS_ADVICE = `A folder of your own rooms looks like this:
  <root>/office_01/office_01.ply
  <root>/office_01/instances.csv`;

/**
 * Finds the scans of a raw ScanNet folder: `<root>/scans/<scanId>`, `<root>/scans_test/<scanId>` and `<root>/<scanId>`
 * (so that `<root>` may be the `scans` folder itself). Symbolic links to folders count as folders; everything else is
 * ignored. With `anyName` a folder of another name is a scan, too, if a mesh (.ply) lies in it.
 *
 * @returns Ordered by scan id, plain code-unit order.
 * @throws GeometryError "scannet-root-missing", "scannet-root-not-a-folder", "scannet-no-scans", "scannet-scan-twice",
 * "file-unreadable", or without `onBadFolder` "scan-name-unsafe".
 *
 * @example
 * ```js
 * import { findScans } from "@vsi/geometry/node";
 *
 * const scans = await findScans("./raw");
 * console.log(scans.map(({ scanId }) => scanId).join(" ")); // scene9000_00 scene9001_00
 * ```
 */
export async function findScans(root: string, options: Partial<FindScansOptions> = {}): Promise<ScanFolder[]> {
  checkArguments("findScans", { root: [root, PATH] });
  checkOptions(options, { anyName: SWITCH, onBadFolder: orNull(FUNCTION) }, "findScans");
  const { anyName, onBadFolder } = { ...FIND_SCANS_DEFAULTS, ...options };
  const shownRoot = root.replaceAll("\\", "/");
  await checkRoot(root, shownRoot);
  const found = new Map<string, ScanFolder>();
  let bad: GeometryError | null = null;
  const refuse = (name: string, error: GeometryError): void => {
    if (onBadFolder === null) throw error;
    onBadFolder(name, error);
    bad ??= error;
  };
  for (const parent of [root, join(root, "scans"), join(root, "scans_test")]) {
    const isTestFolder = basename(resolve(parent)) === "scans_test";
    const own = anyName ? await listOwnRooms(parent, shownRoot, refuse) : [];
    for (const scanId of [...(await listScanIds(parent, shownRoot)), ...own]) {
      const folder = { scanId, path: join(parent, scanId), isTestFolder };
      // Some disks take "Office" for "office", and the dataset has a file for each.
      const other = found.get(scanId.toLowerCase());
      if (other !== undefined) throw scanTwice(shownRoot, other, folder);
      found.set(scanId.toLowerCase(), folder);
    }
  }
  if (found.size === 0) throw bad ?? (await noScans(root, shownRoot, anyName ? OWN_ROOMS_ADVICE : RAW_FOLDER_ADVICE));
  return [...found.values()].sort((first, second) => (first.scanId < second.scanId ? -1 : 1));
}

async function checkRoot(root: string, shownRoot: string): Promise<void> {
  try {
    if ((await stat(root)).isDirectory()) return;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT") throw toFileError(error, shownRoot);
    throw rootError("scannet-root-missing", shownRoot, "nothing at this path", "a raw ScanNet folder");
  }
  throw rootError("scannet-root-not-a-folder", shownRoot, "a file", "a raw ScanNet folder", fileAdvice(shownRoot));
}

/** Advice for a file given instead of a folder. */
function fileAdvice(file: string): string {
  if (/\.(zip|tar|tgz|gz|bz2|xz|7z|rar)$/i.test(file)) return "Unpack it first, then give the folder it unpacks to.";
  if (!/\.(ply|sens|json|txt|tsv)$/i.test(file)) return RAW_FOLDER_ADVICE;
  const folder = dirname(file);
  const isScan = isScanId(basename(resolve(folder)));
  return `Give the folder that holds the scans' folders${isScan ? `: ${shownPath(dirname(folder))}` : ""}.\n${RAW_FOLDER_ADVICE}`;
}

/** A folder without scans, with a hint where they are. */
async function noScans(root: string, shownRoot: string, layout: string): Promise<GeometryError> {
  const fail = (got: string, advice: string): GeometryError =>
    rootError("scannet-no-scans", shownRoot, got, "a folder that holds scans, such as scans/scene0000_00", advice);
  const names = (await readdir(root)).sort();
  const scanFile = names.find((name) => /^scene\d{4}_\d{2}(_vh_clean|\.aggregation\.json$|\.sens$)/.test(name));
  if (scanFile !== undefined) {
    const scanId = scanFile.slice(0, "scene0000_00".length);
    const only = `--scenes ${scanId} reads this scan alone`;
    return isScanId(basename(resolve(root)))
      ? fail("the folder of a single scan", `Give its parent, ${shownPath(dirname(resolve(root)))}; ${only}.`)
      : fail(
          `the files of ${scanId} itself`,
          `Move them into a folder called ${scanId}, and give the folder around it.`,
        );
  }
  if (names.includes("manifest.json") && names.includes("data")) {
    return fail("a dataset of vsi-build", `Give the raw scans that it was built from.\n${RAW_FOLDER_ADVICE}`);
  }
  if (names.some((name) => /\.ply$/i.test(name))) {
    return fail(
      "a mesh itself",
      "Give the folder around it. With --any-name its folder is a scan, whatever the folder's name.",
    );
  }
  const archive = names.find((name) => /^scene\d{4}_\d{2}.*\.(zip|tar|tgz|tar\.gz)$/i.test(name));
  if (archive !== undefined) return fail(`a packed scan, ${archive}`, "Unpack the archives there first.");
  for (const parent of [root, join(root, "scans")]) {
    const own = await foldersWithMesh(parent, shownRoot);
    if (own.length > 0) {
      return fail(
        `${countOf(own.length, "folder")} with a mesh and a name that is not ScanNet's, such as ${shownPath(join(parent, own[0] ?? ""))}`,
        "If these are rooms of your own, --any-name reads them under their folders' names.",
      );
    }
  }
  for (const name of names) {
    const inner = join(root, name);
    const within = [...(await listScanIds(inner, shownRoot)), ...(await listScanIds(join(inner, "scans"), shownRoot))];
    if (layout === OWN_ROOMS_ADVICE) within.push(...(await foldersWithMesh(inner, shownRoot)));
    if (within.length > 0) return fail("a folder without scans", `There are scans in ${shownPath(inner)}: give that.`);
  }
  return fail(names.length === 0 ? "an empty folder" : "a folder without scans", layout);
}

function shownPath(path: string): string {
  return path.replaceAll("\\", "/");
}

async function listScanIds(parent: string, shownRoot: string): Promise<string[]> {
  let names: string[];
  try {
    names = (await readdir(parent)).filter(isScanId);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw toFileError(error, shownRoot);
  }
  const areFolders = await Promise.all(names.map((name) => isFolder(join(parent, name))));
  return names.filter((_, index) => areFolders[index]);
}

/** A name that can be a file's on every system, and is no path: the names of scans become file names of the dataset. */
const SAFE_SCAN_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Windows keeps these for devices, with any ending. */
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** Whether a name may be that of a scan. */
export function isSafeScanName(name: string): boolean {
  return SAFE_SCAN_NAME.test(name) && !DEVICE_NAME.test(name);
}

/** Folders with a mesh whose names are not ScanNet's; `refuse` is told of "scan-name-unsafe". */
async function listOwnRooms(
  parent: string,
  shownRoot: string,
  refuse: (name: string, error: GeometryError) => void,
): Promise<string[]> {
  const safe: string[] = [];
  for (const name of await foldersWithMesh(parent, shownRoot)) {
    if (isSafeScanName(name)) safe.push(name);
    else refuse(name, unsafeName(parent, name));
  }
  await checkNoLinkedTwins(safe, parent, shownRoot);
  return safe;
}

function unsafeName(parent: string, name: string): GeometryError {
  return new GeometryError("scan-name-unsafe", {
    file: shownPath(parent),
    place: JSON.stringify(name.slice(0, 80)),
    got: "a folder with a mesh under this name",
    expected: "1 to 64 letters, digits, _ and -, the first a letter or digit; no device of Windows",
    advice: "Rename the folder: its name becomes that of the scan and of its files.",
  });
}

/** A link beside its room would be a second room, in another split. @throws GeometryError "scannet-scan-twice". */
async function checkNoLinkedTwins(names: readonly string[], parent: string, shownRoot: string): Promise<void> {
  const nameOf = new Map<string, string>();
  for (const name of names) {
    const path = await realpath(join(parent, name));
    const other = nameOf.get(path);
    nameOf.set(path, name);
    if (other === undefined) continue;
    const [first, second] = [other, name].map((scanId) => ({
      scanId,
      path: join(parent, scanId),
      isTestFolder: false,
    }));
    throw scanTwice(shownRoot, first as ScanFolder, second as ScanFolder);
  }
}

async function foldersWithMesh(parent: string, shownRoot: string): Promise<string[]> {
  let names: string[];
  try {
    names = (await readdir(parent)).filter((name) => !isScanId(name) && !name.startsWith(".")).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw toFileError(error, shownRoot);
  }
  const haveMesh = await Promise.all(
    names.map(async (name) => (await readdir(join(parent, name)).catch(() => [])).some((file) => /\.ply$/i.test(file))),
  );
  return names.filter((_, index) => haveMesh[index]);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // A dangling link is not a scan.
    return false;
  }
}

function rootError(
  code: string,
  file: string,
  got: string,
  expected: string,
  advice = RAW_FOLDER_ADVICE,
): GeometryError {
  return new GeometryError(code, { file, place: "folder", got, expected, advice });
}

function scanTwice(file: string, first: ScanFolder, second: ScanFolder): GeometryError {
  return new GeometryError("scannet-scan-twice", {
    file,
    place: first.scanId,
    got: `${first.path} and ${second.path}`.replaceAll("\\", "/"),
    expected: "each scan once",
    advice: "Move one of the two folders away.",
  });
}

/** For JavaScript callers, who may pass a path. */
export function checkScanFolder(folder: unknown, asker: string): void {
  if (isRecord(folder) && typeof folder.scanId === "string" && typeof folder.path === "string") return;
  throw new GeometryError("scan-folder-shape", {
    file: asker,
    place: "folder",
    got: describeValue(folder),
    expected: "an object with scanId and path, as findScans returns",
    advice: `For example: const [scan] = await findScans(rawFolder); await ${asker}(scan).`,
  });
}
