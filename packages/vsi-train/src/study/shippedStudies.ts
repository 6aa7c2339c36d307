import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UsageError } from "@vsi/command";
import { didYouMean } from "@vsi/command/internal/program";

/** The studies that come with the package. */
const STUDIES = new URL("../../studies/", import.meta.url);

/** The names of the studies that come with the package. */
export function shippedStudies(): string[] {
  return readdirSync(STUDIES)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.replace(/\.yaml$/, ""))
    .sort();
}

/**
 * The file of a study.
 *
 * @param name of one that comes with the package, or a file's path, which takes precedence. A folder does not: the model
 * of `vsi-train tiny-model --out ./tiny` stands beside the study tiny.
 */
export function studyPath(name: string): string {
  const isFile = statSync(name, { throwIfNoEntry: false })?.isDirectory() === false;
  if (/^[\w.-]+$/.test(name) && shippedStudies().includes(name) && !isFile) {
    return fileURLToPath(new URL(`${name}.yaml`, STUDIES));
  }
  return name;
}

/** @throws UsageError for a name that is neither a file nor a study that comes with the package. */
export function checkStudyName(name: string): void {
  if (existsSync(studyPath(name))) return;
  const near = didYouMean(name, shippedStudies(), String);
  throw new UsageError(
    `${name}: got no such file, expected a study file, or one of ${shippedStudies().join(", ")}.${near || " Check the path."}`,
  );
}
