import { createRequire } from "node:module";
import { readTable } from "./readTable.ts";

/**
 * Reads a table of @vsi/scannet-manifests.
 *
 * @param name The file's name, such as "splits.csv".
 * @returns The rows' cells in the order of `columns`.
 * @throws GeometryError with the codes of `readTable`.
 */
export async function readManifest(name: string, columns: readonly string[]): Promise<string[][]> {
  const path = createRequire(import.meta.url).resolve(`@vsi/scannet-manifests/${name}`);
  const file = `@vsi/scannet-manifests/${name}`;
  return readTable(path, { file, delimiter: ",", columns, advice: "Install @vsi/scannet-manifests again." });
}
