import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/**
 * The version in a package.json.
 * @param packageJson its address, such as `new URL("../package.json", import.meta.url)`, or its path.
 */
export async function packageVersion(packageJson: URL | string): Promise<string> {
  const path = typeof packageJson === "string" ? packageJson : fileURLToPath(packageJson);
  return (JSON.parse(await readFile(path, "utf8")) as { version: string }).version;
}
