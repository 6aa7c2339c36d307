import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { machineName } from "./machine.ts";
/**
 * Writes a result to `benchmarks/results/<version>-<machine>.md`; with `names`, those of the measurements that were
 * selected, to a file of its own, so that a part never replaces the whole.
 * @returns the file's name.
 */
export async function writeResult(markdown: string, names: readonly string[]): Promise<string> {
  const packageFile = new URL("../../../package.json", import.meta.url);
  const { version } = JSON.parse(await readFile(packageFile, "utf8")) as { version: string };
  const file = `${[version, machineName(), ...names].join("-")}.md`;
  const folder = new URL("../../results/", import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(fileURLToPath(new URL(file, folder)), markdown);
  return file;
}
