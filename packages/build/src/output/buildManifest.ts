import { MANIFEST_SCHEMA, type Manifest } from "@vsi/dataset";
import type { DatasetSettings } from "../publish/settings.ts";
import type { BuildCounts } from "./buildCounts.ts";

/**
 * What the dataset was made from and with. Holds no time, host, path or worker count, so that the same
 * input, settings and versions give the same bytes.
 */
export function buildManifest(
  settings: DatasetSettings,
  counts: BuildCounts,
  versions: Readonly<Record<string, string>>,
): Manifest {
  const { seed, protocol, ...others } = settings;
  return {
    schema: MANIFEST_SCHEMA,
    name: protocol,
    protocol,
    seed,
    settings: { ...others },
    versions: { ...versions },
    inputs: { scans_read: counts.scansRead, scans_skipped: sortKeys(counts.skips) },
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
