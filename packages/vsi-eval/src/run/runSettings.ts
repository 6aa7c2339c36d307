import { UsageError } from "@vsi/command";
import { typedName } from "@vsi/command/internal/program";
import { packageVersion, recordOf } from "@vsi/command/program";
import { shownJson } from "@vsi/dataset/internal";
import templates from "@vsi/question-templates/package.json" with { type: "json" };
import { hashBenchmark } from "../benchmarkFile.ts";
import { RUN } from "../commands/flags.ts";
import { framesShown, type RunOptions } from "./runOptions.ts";
import type { FramesShown } from "./shownFrames.ts";

/** Says what a settings.json is; a new field is a minor version. */
export const RUN_SCHEMA = "vsi-run/1";

/**
 * Whether the model was shown the frames, as far as prompt_tokens tell; "unknown" before the first answer, or without
 * usage, and "none" where none were sent.
 */
export type ImagesSeen = "shown" | "dropped" | "unknown" | "none";

/**
 * The content of settings.json: what a run asked and how, enough to tell whether two runs can be compared. No key is in
 * it.
 */
export interface RunSettings {
  schema: typeof RUN_SCHEMA;
  model: string;
  base_url: string;
  mode: string;
  prompts: string;
  /** Maximum number of frames per scene; null where every question lists its own, or says how many. */
  frames: number | null;
  /** What is shown in place of a question's own frames; null: these. */
  frames_shown: FramesShown;
  /** Of what was drawn for it; null where nothing was. */
  frames_seed: number | null;
  max_pixels: number;
  max_tokens: number;
  temperature: number;
  seed: number | null;
  /** The questions' file as it was given, and its content's sha256. */
  data: string;
  data_sha256: string;
  /** Part of the benchmark; null for all. */
  subset: string | null;
  limit: number | null;
  images: ImagesSeen;
  /** What else decides the prompts and the pictures. */
  versions: Record<string, string>;
}

/**
 * @param file the benchmark's, as findBenchmarkFile gives it.
 * @param listsFrames whether every question lists its own frames.
 */
export async function runSettings(options: RunOptions, file: string, listsFrames: boolean): Promise<RunSettings> {
  // Loaded only when there are frames to show: it takes a tenth of a second.
  const { default: sharp } = await import("sharp");
  const shown = framesShown(options);
  return {
    schema: RUN_SCHEMA,
    ...(snakeCased(recordOf(RUN.flags, options)) as Omit<
      RunSettings,
      "schema" | "data" | "data_sha256" | "limit" | "images" | "versions" | "frames_shown" | "frames_seed"
    >),
    ...(listsFrames ? { frames: null } : {}),
    frames_shown: shown,
    frames_seed: shown === "shuffled" || shown === "other-rooms" ? options.framesSeed : null,
    data: file.replaceAll("\\", "/"),
    data_sha256: await hashBenchmark(file),
    limit: options.limit,
    images: "unknown",
    versions: {
      "vsi-eval": await packageVersion(new URL("../../package.json", import.meta.url)),
      "@vsi/question-templates": templates.version,
      sharp: sharp.versions.sharp,
    },
  };
}

/** As the records' fields are written: maxPixels is max_pixels. */
function snakeCased(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [typedName(name).replaceAll("-", "_"), value]),
  );
}

/**
 * May differ on --resume: the model's address, the file's path, the number of questions, and what the run finds out
 * itself.
 */
const MAY_DIFFER: ReadonlySet<string> = new Set(["base_url", "data", "limit", "images"]);

/**
 * @param kept the settings.json of the run to resume.
 * @throws UsageError naming every setting that differs, then and now.
 */
export function checkSameSettings(kept: RunSettings, now: RunSettings, out: string): void {
  const differences = Object.keys(now)
    .filter((name) => !MAY_DIFFER.has(name))
    .map((name) => ({ name, before: text(kept, name), after: text(now, name) }))
    .filter(({ before, after }) => before !== after);
  if (differences.length === 0) return;
  const named = differences.map(({ name, before, after }) => `  ${name}: then ${before}, now ${after}`);
  throw new UsageError(
    `--resume: ${out} was started with other settings.\n${named.join("\n")}\nUse the same flags, choose another --out, or start over with --overwrite.`,
  );
}

function text(settings: RunSettings, name: string): string {
  // Null too where an earlier version did not know the setting.
  return shownJson((settings as unknown as Record<string, unknown>)[name] ?? null);
}
