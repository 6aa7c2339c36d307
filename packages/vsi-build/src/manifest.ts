import { createRequire } from "node:module";
import { join } from "node:path";
import { packageVersion } from "@vsi/command/program";
import { MANIFEST_SCHEMA, type Manifest } from "@vsi/dataset";
import type { DatasetSettings } from "@vsi/publish";
import type { BuildCounts } from "./counts.ts";

/**
 * What the dataset was made from and with. Holds no time, host, path or worker count, so that the same
 * input, settings and versions give the same bytes.
 */
export function buildManifest(
  settings: DatasetSettings,
  counts: BuildCounts,
  versions: Readonly<Record<string, string>>,
  isPublished = false,
): Manifest {
  const { seed, protocol, ...others } = settings;
  return {
    schema: MANIFEST_SCHEMA,
    name: protocol,
    protocol,
    seed,
    settings: { ...others },
    versions: { ...versions },
    inputs: {
      scans_read: counts.scansRead,
      scans_skipped: sortKeys(counts.skips),
      ...(isPublished ? { scenes_from: "published-facts" as const } : {}),
      ...(counts.scansOnTables > 0 ? { scenes_on_room_tables: counts.scansOnTables } : {}),
      ...(settings.balance || settings.thinSizes ? { rooms_learnt_from: counts.roomsLearntFrom } : {}),
    },
    counts: {
      questions: structuredClone(counts.questions),
      rejects: sortKeys(counts.rejects),
      not_drawn: { ...counts.notDrawn },
    },
  };
}

function sortKeys(record: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

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
  return packageVersion(new URL("../package.json", import.meta.url));
}

/** Version of every package that affects a dataset's bytes, by name. */
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
