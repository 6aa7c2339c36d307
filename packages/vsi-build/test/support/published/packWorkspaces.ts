import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runAsUser } from "./runAsUser.ts";
import { REPOSITORY_ROOT, workspacePackages } from "./workspacePackages.ts";

/**
 * Packs every package into `folder` as `npm run pack` does into ./tarballs, without building first: the tests' sources
 * are built. Returns the tarballs' paths by package name.
 */
export async function packWorkspaces(folder: string): Promise<Map<string, string>> {
  const { scripts } = JSON.parse(readFileSync(join(REPOSITORY_ROOT, "package.json"), "utf8")) as {
    scripts: { pack: string };
  };
  const [program = "", ...words] = (scripts.pack.split(" && ").at(-1) ?? "").split(" ");
  const packed = await runAsUser(
    program,
    words.map((word) => (word === "tarballs" ? folder : word)),
    REPOSITORY_ROOT,
  );
  if (packed.exitCode !== 0) throw new Error(`npm pack failed:\n${packed.stderr}`);
  return new Map(
    workspacePackages().map(({ name, manifest }) => {
      // npm's own naming: "@vsi/geometry" is packed as vsi-geometry-0.1.0.tgz.
      const fileName = `${name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`;
      return [name, join(folder, fileName)];
    }),
  );
}
