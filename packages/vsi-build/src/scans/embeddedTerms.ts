import { UsageError } from "@vsi/command";
import { sourceTerms } from "@vsi/publish/internal";
import type { BuildOptions } from "../options.ts";
import { identityOf } from "../pipeline/processScan.ts";
import type { SelectedScan } from "./source.ts";

/** Bytes of a ScanNet frame, 1296x968 as JPEG. */
const USUAL_FRAME = 100e3;

/**
 * What is to be known before frames are embedded, one sentence each: how much they come to, and the terms under which they
 * may not be passed on. None where no frames are embedded.
 * Frames in Parquet files are easily uploaded by somebody who only meant to publish questions.
 *
 * @throws UsageError where there are such terms and `includeRestricted` was not said.
 */
export function embeddedTerms(
  scans: readonly SelectedScan[],
  { frames, embedFrames, includeRestricted }: Pick<BuildOptions, "frames" | "embedFrames" | "includeRestricted">,
): string[] {
  if (!embedFrames || frames === null) return [];
  const each = frames.frames * USUAL_FRAME;
  const size = `--embed-frames: every question holds its own frames, about ${each / 1e6} MB for ${frames.frames} of 100 kB: ${Math.ceil(each / 1e4)} GB for 100,000 questions.`;
  const datasets = new Set(scans.map(({ input }) => identityOf(input).dataset));
  const held = [...datasets]
    .sort()
    .map(sourceTerms)
    .filter(({ mayBeShared }) => !mayBeShared);
  const texts = held.map(({ text }) => text);
  if (held.length === 0 || includeRestricted) return [size, ...texts];
  throw new UsageError(
    `--embed-frames: ${texts.join(" ")} Add --include-restricted for a dataset of your own that you do not pass on, or leave --embed-frames out.`,
  );
}
