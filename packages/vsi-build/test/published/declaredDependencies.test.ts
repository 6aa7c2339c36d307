import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { workspacePackages } from "../support/published/workspacePackages.ts";

const BUILT_IN = new Set(builtinModules);

/** What a built module imports: as a statement, or when it comes to it. */
const IMPORT =
  /^(?:import|export)\b[^;'"]*?from\s+"([^".][^"]*)"|^import\s+"([^".][^"]*)"|\bimport\("([^".][^"]*)"\)/gm;

/** "@noble/hashes" of "@noble/hashes/sha2.js". */
function packageOf(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)![0];
}

// With npm's usual layout what another package brings along is found by chance; a strict one finds nothing undeclared,
// and no command of ours started there: @vsi/questions imported pure-rand, @vsi/synth @vsi/geometry.
test.each(workspacePackages().filter(({ folder }) => existsSync(join(folder, "dist"))))(
  "$name declares every package that its built modules import",
  ({ name, folder }) => {
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const modules = ["dist", "bin"]
      .filter((parent) => existsSync(join(folder, parent)))
      .flatMap((parent) => {
        const paths = readdirSync(join(folder, parent), { recursive: true, encoding: "utf8" });
        // The page of vsi-view is bundled with all that it needs.
        return paths
          .filter((path) => path.endsWith(".js") && !/^page[/\\]/.test(path))
          .map((path) => join(parent, path));
      });
    const imported = modules.flatMap((path) =>
      [...readFileSync(join(folder, path), "utf8").matchAll(IMPORT)].map(([, from, bare, later]) => ({
        path,
        package: packageOf((from ?? bare ?? later)!),
      })),
    );
    expect(imported.length).toBeGreaterThan(0);
    const isKnown = (imported: string) =>
      imported === name || imported.startsWith("node:") || BUILT_IN.has(imported) || imported.startsWith("#");
    const declared = { ...dependencies, ...peerDependencies };
    expect(imported.filter((it) => !isKnown(it.package) && !(it.package in declared))).toEqual([]);
  },
);
