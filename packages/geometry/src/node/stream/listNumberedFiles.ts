import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { GeometryError } from "../../geometryError.ts";
import { toFileError } from "../fileError.ts";

/** A file whose name is a frame's number. */
export interface NumberedFile {
  index: number;
  path: string;
  /** Its name in messages. */
  file: string;
}

/**
 * The files of a folder that are named by a number, with or without leading zeros ("7.jpg", "000007.jpg"); others are ignored.
 *
 * @param file The folder's name in messages.
 * @param extension With the dot.
 * @returns Ordered by number (10 after 9).
 * @throws GeometryError "file-missing" or "file-unreadable" (the folder), "frames-number-twice".
 */
export async function listNumberedFiles(path: string, file: string, extension: string): Promise<NumberedFile[]> {
  const names = await readdir(path).catch((error) => {
    throw toFileError(error, file);
  });
  const files = names
    .filter((name) => name.endsWith(extension) && /^\d{1,9}$/.test(name.slice(0, -extension.length)))
    .map((name) => ({ index: Number.parseInt(name, 10), path: join(path, name), file: `${file}/${name}` }))
    .sort((first, second) => first.index - second.index || (first.file < second.file ? -1 : 1));
  const repeated = files.findIndex(({ index }, position) => position > 0 && index === files[position - 1].index);
  if (repeated < 0) return files;
  throw new GeometryError("frames-number-twice", {
    file,
    place: `frame ${files[repeated].index}`,
    got: `${files[repeated - 1].file} and ${files[repeated].file}`,
    expected: "every frame once",
    advice: "Move one of the two files away.",
  });
}
