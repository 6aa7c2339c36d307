import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { BenchmarkError } from "./errors.ts";

/** A checkout of this project, measured by what was built in it: no contender of its own benchmarks is needed. */
export interface Version {
  /** Stands before the names of its contenders; nothing for this checkout. */
  prefix: string;
  root: string;
}

/** This checkout. */
export const NOW: Version = { prefix: "", root: fileURLToPath(new URL("../../../", import.meta.url)) };

/** Stands before the names of contenders that are measured as `VSI_BENCH_BEFORE`'s version does the work. */
export const BEFORE = "as of VSI_BENCH_BEFORE: ";

/** What every version has: without it there is nothing to measure. */
const COMMAND_PACKAGE = "vsi-build";

/**
 * The version that `VSI_BENCH_BEFORE` names, in the same rounds as this one; null where it names none.
 * @throws BenchmarkError where its folder is no built checkout.
 */
export function versionBefore({ VSI_BENCH_BEFORE: folder = "" } = process.env): Version | null {
  if (folder === "") return null;
  const version = { prefix: BEFORE, root: resolve(folder) };
  if (existsSync(version.root)) version.root = realpathSync(version.root);
  if (packageFile(version, COMMAND_PACKAGE) !== null) return version;
  throw new BenchmarkError({
    place: "VSI_BENCH_BEFORE",
    got: `${folder}, which has no ${COMMAND_PACKAGE} that can be loaded`,
    expected: "the folder of a checkout of this project, built",
    advice: "Type npm ci in it, which builds it too.",
  });
}

/** This version, and the one before it where there is one. @throws BenchmarkError as `versionBefore`. */
export function versions(): Version[] {
  const before = versionBefore();
  return before === null ? [NOW] : [NOW, before];
}

/** "0.1.0, commit 72219356": what a result says of a version, without its path. */
export function describeVersion({ root }: Version): string {
  const { version } = readPackage(root);
  const isRepository = existsSync(join(root, ".git"));
  const git = isRepository
    ? spawnSync("git", ["rev-parse", "--short=8", "HEAD"], { cwd: root, encoding: "utf8" })
    : null;
  return git?.status === 0 ? `${version}, commit ${git.stdout.trim()}` : `${version}`;
}

/** The built file that importing one of a version's packages loads, such as "@vsi/geometry/node"; null where it has none. */
export function packageFile({ root }: Version, name: string): string | null {
  try {
    const file = createRequire(join(root, "package.json")).resolve(name);
    // A checkout within another, not installed, would find the packages of the outer one.
    return relative(root, file).startsWith("..") ? null : file;
  } catch {
    return null;
  }
}

/** Imports one of a version's packages. @throws BenchmarkError where it has no such package. */
export async function loadPackage<Module>(version: Version, name: string): Promise<Module> {
  const file = packageFile(version, name);
  if (file === null) throw lacks(version, name);
  return (await import(pathToFileURL(file).href)) as Module;
}

/** The files of a version's commands, by their names. */
export function commandsOf({ root }: Version): Map<string, string> {
  const packages = join(root, "packages");
  const folders = readdirSync(packages).sort();
  return new Map(
    folders
      .map((name) => join(packages, name))
      // What lies there without being a package: folders of a former layout that still hold ignored files.
      .filter((folder) => existsSync(join(folder, "package.json")))
      .flatMap((folder) =>
        Object.entries(readPackage(folder).bin ?? {}).map(([command, file]): [string, string] => [
          command,
          join(folder, file),
        ]),
      ),
  );
}

/** @throws BenchmarkError where a version has no such command. */
export function commandFile(version: Version, name: string): string {
  const file = commandsOf(version).get(name);
  if (file === undefined) throw lacks(version, name);
  return file;
}

/** For a contender that a version cannot have: the result says so in its row's place. */
export function lacks({ prefix }: Version, what: string): BenchmarkError {
  return new BenchmarkError({
    place: prefix === "" ? "this checkout" : "VSI_BENCH_BEFORE",
    got: `no ${what}`,
    expected: `one with ${what}`,
    advice: "Build it, or leave this measurement out.",
  });
}

/**
 * Why the other version has no measured value, for the result, which tells no path of the machine.
 * @param folder of the measurement. @throws what is no BenchmarkError: a mistake of the program.
 */
export function reasonOf(error: unknown, folder: string): string {
  if (!(error instanceof BenchmarkError)) throw error;
  const paths = [folder, versionBefore()?.root ?? folder];
  return paths.reduce((text, path) => text.replaceAll(path, "..."), error.detail.got);
}

function readPackage(folder: string): { version: string; bin?: Record<string, string> } {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
