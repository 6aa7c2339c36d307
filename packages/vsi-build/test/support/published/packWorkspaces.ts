import { join } from "node:path";
import { runAsUser } from "./runAsUser.ts";
import { REPOSITORY_ROOT, workspacePackages } from "./workspacePackages.ts";

/** Packs every package into `folder` as `npm publish` would and returns the tarballs' paths by package name. */
export async function packWorkspaces(folder: string): Promise<Map<string, string>> {
  const packed = await runAsUser("npm", ["pack", "--workspaces", "--pack-destination", folder], REPOSITORY_ROOT);
  if (packed.exitCode !== 0) throw new Error(`npm pack failed:\n${packed.stderr}`);
  return new Map(
    workspacePackages().map(({ name, manifest }) => {
      // npm's own naming: "@vsi/geometry" is packed as vsi-geometry-0.1.0.tgz.
      const fileName = `${name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`;
      return [name, join(folder, fileName)];
    }),
  );
}
