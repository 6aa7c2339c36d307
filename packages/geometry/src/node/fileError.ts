import { types } from "node:util";
import { GeometryError } from "../geometryError.ts";

const advices: Readonly<Record<string, string>> = {
  ENOENT: "Check the path, or download the file again.",
  EACCES: "Give yourself the right to read it (chmod u+r).",
  EPERM: "Give yourself the right to read it (chmod u+r).",
  EISDIR: "A folder stands where a file should be; move it away.",
  ENOTDIR: "A file stands where a folder should be; move it away.",
  EMFILE: "Too many files are open; use fewer workers or raise the limit (ulimit -n).",
  ENFILE: "Too many files are open; use fewer workers or raise the limit (ulimit -n).",
  ELOOP: "Symbolic links lead in a circle; replace them.",
};

/** Whether `error` is a GeometryError that says that there is no such file. */
export function isMissingFile(error: unknown): boolean {
  return error instanceof GeometryError && error.code === "file-missing";
}

/** A system error as a GeometryError that names the file; any other error as it is. */
export function toFileError(error: unknown, file: string): unknown {
  if (error instanceof GeometryError || !types.isNativeError(error) || !("code" in error)) return error;
  const code = String(error.code);
  return new GeometryError(code === "ENOENT" ? "file-missing" : "file-unreadable", {
    file,
    place: "file",
    got: `${code} (${error.message.replaceAll(/\s+/g, " ")})`,
    expected: "a readable file",
    advice: Object.hasOwn(advices, code) ? advices[code] : "Check the disk, and download the file again.",
  });
}
