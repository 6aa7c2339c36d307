import { PROTOCOLS, protocolTypes } from "@vsi/questions";
import { DEFAULT_BUILD_OPTIONS } from "../buildOptions.ts";
import { type DatasetSettings } from "../publish/settings.ts";

/**
 * The command that makes a dataset of these settings, as one types it. Where the scans are, which of them and how many at a
 * time is not part of a dataset; --scannet names an example.
 *
 * @param published whether the scenes come from a file of published facts.
 */
export function buildWords(settings: DatasetSettings, published: boolean): string[] {
  const protocol = PROTOCOLS[settings.protocol];
  const words = ["vsi-build", ...(published ? ["--meta-info", "FILE"] : ["--scannet", "./raw"])];
  /** A flag that stands only where it says something else than the default. */
  const add = (flag: string, value: string | number | null, standard: string | number | null): void => {
    if (value !== null && value !== standard) words.push(`--${flag}`, String(value));
  };
  add("protocol", settings.protocol, DEFAULT_BUILD_OPTIONS.protocol);
  add("types", settings.types.join(","), protocolTypes(protocol).join(","));
  add("labels", settings.labels, protocol.labels);
  add("distance", settings.distance, DEFAULT_BUILD_OPTIONS.distance);
  add("split", settings.split, DEFAULT_BUILD_OPTIONS.split);
  add("target", settings.target, DEFAULT_BUILD_OPTIONS.target);
  add("seed", settings.seed, null);
  for (const [type, most] of Object.entries(settings.maxPerScene)) words.push("--max-per-scene", `${type}=${most}`);
  add("box", settings.box, DEFAULT_BUILD_OPTIONS.box);
  const { frames } = settings;
  if (frames !== null) {
    words.push("--frames", String(frames.frames));
    const sampling = typeof frames.sampling === "string" ? frames.sampling : `every:${frames.sampling.every}`;
    add("sampling", sampling, "uniform");
    add("frame-size", frames.size === null ? null : `${frames.size.width}x${frames.size.height}`, null);
    if (frames.video) words.push("--video");
  }
  add("min-visible-pixels", settings.minVisiblePixels, DEFAULT_BUILD_OPTIONS.minVisiblePixels);
  if (settings.countVisible) words.push("--count-visible");
  add("format", settings.format, DEFAULT_BUILD_OPTIONS.format);
  if (!settings.pixels) words.push("--no-pixels");
  return words;
}
