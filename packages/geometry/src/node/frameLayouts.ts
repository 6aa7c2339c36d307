import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { GeometryError } from "../errors.ts";
import { isMissingFile, toFileError } from "./files.ts";

/** How others lay a scan's frames out. */
export type FrameLayout = "folders" | "posed images" | "SensReader files";

/** Where one kind of file lies, and how its name gives the frame's number. */
export interface FilePlace {
  /** Below the scan's folder; "." for the folder itself. */
  folder: string;
  /** The first form of which there is a file is taken: a copy in another form is not a second frame. */
  names: readonly RegExp[];
  /** A name as messages give it as an example, of frame `n`. */
  example: (n: number) => string;
}

/** Names in any case: cameras and Windows write .JPG. */
export const LAYOUTS: Readonly<Record<FrameLayout, Readonly<Record<"color" | "pose" | "depth", FilePlace>>>> = {
  // ScanNet's SensReader/python, and ScanNet's own 25,000 frames.
  folders: {
    color: place("color", ["(\\d{1,9})\\.jpe?g", "(\\d{1,9})\\.png"], (n) => `color/${n}.jpg`),
    pose: place("pose", ["(\\d{1,9})\\.txt"], (n) => `pose/${n}.txt`),
    depth: place("depth", ["(\\d{1,9})\\.png", "(\\d{1,9})\\.pgm"], (n) => `depth/${n}.png`),
  },
  // mmdetection3d's extract_posed_images.py: 00000.jpg, 00000.txt, 00000.png and intrinsic.txt beside each other.
  "posed images": {
    color: place(".", ["(\\d{1,9})\\.jpe?g"], (n) => `${String(n).padStart(5, "0")}.jpg`),
    pose: place(".", ["(\\d{1,9})\\.txt"], (n) => `${String(n).padStart(5, "0")}.txt`),
    depth: place(".", ["(\\d{1,9})\\.png", "(\\d{1,9})\\.pgm"], (n) => `${String(n).padStart(5, "0")}.png`),
  },
  // ScanNet's SensReader/c++ (also 3RScan's sequences): frame-000000.color.jpg and _info.txt.
  "SensReader files": {
    color: place(".", ["frame-(\\d{1,9})\\.color\\.jpe?g", "frame-(\\d{1,9})\\.color\\.png"], (n) =>
      sensReaderName(n, "color.jpg"),
    ),
    pose: place(".", ["frame-(\\d{1,9})\\.pose\\.txt"], (n) => sensReaderName(n, "pose.txt")),
    depth: place(".", ["frame-(\\d{1,9})\\.depth\\.pgm", "frame-(\\d{1,9})\\.depth\\.png"], (n) =>
      sensReaderName(n, "depth.pgm"),
    ),
  },
};

function place(folder: string, names: readonly string[], example: FilePlace["example"]): FilePlace {
  return { folder, names: names.map((name) => new RegExp(`^${name}$`, "i")), example };
}

function sensReaderName(n: number, ending: string): string {
  return `frame-${String(n).padStart(6, "0")}.${ending}`;
}

/** How the frames in a folder are laid out; null where there is none. */
export async function frameLayout(folder: string): Promise<FrameLayout | null> {
  for (const [layout, { color, pose }] of Object.entries(LAYOUTS)) {
    const names = await readdir(join(folder, await folderNamed(folder, color.folder))).catch(() => []);
    const has = ({ names: patterns }: FilePlace) =>
      patterns.some((pattern) => names.some((name) => pattern.test(name)));
    // Numbered pictures alone may be anything; in a folder called color they are a scan's frames.
    if (has(color) && (color.folder !== "." || has(pose))) return layout as FrameLayout;
  }
  return null;
}

/** A folder's name as it is written inside of another, in any case ("Color"); the name itself where there is none. */
export async function folderNamed(parent: string, name: string): Promise<string> {
  if (name === ".") return name;
  const names = await readdir(parent).catch(() => [] as string[]);
  if (names.includes(name)) return name;
  return names.find((other) => other.toLowerCase() === name) ?? name;
}

/** A missing folder counts as empty. */
export async function listFrames(folder: string, file: string, place: FilePlace): Promise<NumberedFile[]> {
  const name = await folderNamed(folder, place.folder);
  const inside = name === "." ? [folder, file] : [join(folder, name), `${file}/${name}`];
  const [path = "", shown = ""] = inside;
  for (const pattern of place.names) {
    const files = await listNumberedFiles(path, shown, pattern).catch((error) => {
      if (isMissingFile(error)) return [];
      throw error;
    });
    if (files.length > 0) return files;
  }
  return [];
}

/** A file whose name is a frame's number. */
export interface NumberedFile {
  index: number;
  path: string;
  /** Its name in messages. */
  file: string;
  /** Set where another file has the same number: which of them is the frame's nobody knows. */
  fault?: GeometryError;
}

/**
 * The files of a folder that are named by a number, with or without leading zeros ("7.jpg", "000007.jpg"); others are
 * ignored.
 *
 * @param file The folder's name in messages.
 * @param pattern Its first group is the number.
 * @returns Ordered by number (10 after 9), each once; of two files of one number the first name, with its fault
 * ("frames-number-twice").
 * @throws GeometryError "file-missing" or "file-unreadable" (the folder).
 */
export async function listNumberedFiles(path: string, file: string, pattern: RegExp): Promise<NumberedFile[]> {
  const names = await readdir(path).catch((error) => {
    throw toFileError(error, file);
  });
  const files: NumberedFile[] = [];
  for (const name of names) {
    const number = pattern.exec(name)?.[1];
    if (number !== undefined) files.push({ index: Number(number), path: join(path, name), file: `${file}/${name}` });
  }
  files.sort((first, second) => first.index - second.index || (first.file < second.file ? -1 : 1));
  const single: NumberedFile[] = [];
  for (const listed of files) {
    const before = single.at(-1);
    if (before?.index !== listed.index) single.push(listed);
    else before.fault ??= numberTwice(file, before, listed);
  }
  return single;
}

function numberTwice(file: string, first: NumberedFile, second: NumberedFile): GeometryError {
  return new GeometryError("frames-number-twice", {
    file,
    place: `frame ${second.index}`,
    got: `${first.file} and ${second.file}`,
    expected: "each frame once",
    advice: "Move one of the two files away.",
  });
}

/** One line: a folder of a thousand scans may lack the same file in each. */
const ADVICE =
  "Export the frames again, or take the scan's .sens file; vsi-build's README has the layouts that exported frames may have.";

/** An error of exported frames. */
export function framesError(code: string, file: string, place: string, got: string, expected: string): GeometryError {
  return new GeometryError(code, { file, place, got, expected, advice: ADVICE });
}
