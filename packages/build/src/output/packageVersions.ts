import { createRequire } from "node:module";
import { join } from "node:path";
import { packageVersion } from "@vsi/command";

/** The packages whose version decides what a dataset says. */
const RECORDED_PACKAGES = [
  "@vsi/dataset",
  "@vsi/geometry",
  "@vsi/question-templates",
  "@vsi/questions",
  "@vsi/scannet-manifests",
] as const;

/** This package's own version. */
export async function ownVersion(): Promise<string> {
  return packageVersion(new URL("../../package.json", import.meta.url));
}

/** Version of every package that has a say in a dataset's bytes, by name. */
export async function packageVersions(): Promise<Record<string, string>> {
  const versions: Record<string, string> = {};
  const require = createRequire(import.meta.url);
  for (const name of RECORDED_PACKAGES) {
    const folder = (require.resolve.paths(name) ?? []).map((path) => join(path, name, "package.json"));
    for (const candidate of folder) {
      const version = await packageVersion(candidate).catch(() => null);
      if (version === null) continue;
      versions[name] = version;
      break;
    }
  }
  versions["vsi-build"] = await ownVersion();
  return versions;
}
