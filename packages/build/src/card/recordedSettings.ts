import type { Manifest } from "@vsi/dataset";
import type { DatasetSettings } from "../publish/settings.ts";

/** The settings of a manifest that this version wrote. */
export function recordedSettings(manifest: Manifest): DatasetSettings {
  const { seed, protocol, settings } = manifest;
  return {
    ...(settings as unknown as Omit<DatasetSettings, "seed" | "protocol">),
    seed,
    protocol: protocol as DatasetSettings["protocol"],
  };
}
