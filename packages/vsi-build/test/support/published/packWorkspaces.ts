import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { madeOnce } from "@vsi/testing/madeOnce";
import { runAsUser } from "./runAsUser.ts";
import { REPOSITORY_ROOT, workspacePackages } from "./workspacePackages.ts";

/**
 * Packs every package as `npm run pack` does into ./tarballs, without building first: the tests' sources are built.
 * Once, for all suites. Returns the tarballs' paths by package name.
 *
 * @throws when something else was packed too, or a package is left out: `npm i ./tarballs/*.tgz` takes what is there.
 */
export async function packWorkspaces(): Promise<Map<string, string>> {
  const folder = await madeOnce("tarballs", packInto);
  const packed = new Map(
    workspacePackages().map(({ name, manifest }) => {
      // npm's own naming: "@vsi/geometry" is packed as vsi-geometry-0.1.0.tgz.
      const fileName = `${name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`;
      return [name, join(folder, fileName)];
    }),
  );
  const files = (await readdir(folder)).map((name) => join(folder, name)).sort();
  const expected = [...packed.values()].sort();
  if (files.join() !== expected.join()) throw new Error(`npm run pack wrote ${files}, expected ${expected}`);
  return packed;
}

async function packInto(folder: string): Promise<void> {
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
}
