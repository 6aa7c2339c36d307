import { flattenSettings } from "../settings/flattenSettings.ts";

/** One setting that two runs do not share. */
export interface DifferingSetting {
  /** "frames", or "image.pixels" for one inside another. */
  setting: string;
  /** The values as texts; null where a run does not have it. */
  a: string | null;
  b: string | null;
}

/** The settings that differ, in the order of their names. A run whose settings are not known differs in all. */
export function differingSettings(
  a: Readonly<Record<string, unknown>> | null,
  b: Readonly<Record<string, unknown>> | null,
): DifferingSetting[] {
  const [one, other] = [flattenSettings(a ?? {}), flattenSettings(b ?? {})];
  return [...new Set([...one.keys(), ...other.keys()])]
    .sort()
    .map((setting) => ({ setting, a: one.get(setting) ?? null, b: other.get(setting) ?? null }))
    .filter((row) => row.a !== row.b);
}
