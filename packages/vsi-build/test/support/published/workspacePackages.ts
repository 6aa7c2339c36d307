import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
export const REPOSITORY_ROOT = fileURLToPath(new URL("../../../../../", import.meta.url));

/** One way into a package: a code entry with its built files, or a pattern of data files. */
export interface PackageEntry {
  /** What a user imports: "@vsi/geometry/node". */
  specifier: string;
  /** Path below the package's folder: "./dist/node/index.js", or "./schemas/*.json". */
  file: string;
  /** The declarations' path; null for data. */
  types: string | null;
}

export interface WorkspacePackage {
  name: string;
  /** Absolute path. */
  folder: string;
  manifest: { version: string; license?: string; engines?: { node?: string }; bin?: Record<string, string> };
  entries: PackageEntry[];
}

type PackageFile = WorkspacePackage["manifest"] & {
  name: string;
  private?: boolean;
  exports: Record<string, ExportTarget>;
};

type ExportTarget = string | { types?: string; default: string };

/** The packages that are published, as their package.json files say. */
export function workspacePackages(): WorkspacePackage[] {
  const { workspaces } = readJson<{ workspaces: string[] }>(join(REPOSITORY_ROOT, "package.json"));
  return workspaces.flatMap(foldersOf).flatMap((folder) => {
    const manifest = readJson<PackageFile>(join(folder, "package.json"));
    if (manifest.private) return [];
    const entries = Object.entries(manifest.exports).map(([path, target]) => ({
      specifier: `${manifest.name}${path.slice(1)}`,
      file: typeof target === "string" ? target : target.default,
      types: typeof target === "string" ? null : (target.types ?? null),
    }));
    return [{ name: manifest.name, folder, manifest, entries }];
  });
}

/** The packages' folders of one workspace pattern of the root package.json: a folder, or all folders inside one. */
function foldersOf(pattern: string): string[] {
  if (!pattern.endsWith("/*")) return [join(REPOSITORY_ROOT, pattern)];
  const parent = join(REPOSITORY_ROOT, pattern.slice(0, -2));
  return readdirSync(parent)
    .map((name) => join(parent, name))
    .filter((folder) => existsSync(join(folder, "package.json")));
}

function readJson<Shape>(path: string): Shape {
  return JSON.parse(readFileSync(path, "utf8")) as Shape;
}
