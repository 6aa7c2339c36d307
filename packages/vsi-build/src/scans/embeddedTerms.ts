import { UsageError } from "@vsi/command";
import { sourceTerms } from "@vsi/publish/internal";
import type { BuildOptions } from "../options.ts";
import { identityOf } from "../pipeline/processScan.ts";
import type { SelectedScan } from "./source.ts";

/**
 * The terms under which embedded frames may not be passed on, one sentence each; none where no frames are embedded.
 * Frames in Parquet files are easily uploaded by somebody who only meant to publish questions.
 *
 * @throws UsageError where there are such terms and `includeRestricted` was not said.
 */
export function embeddedTerms(
  scans: readonly SelectedScan[],
  { embedFrames, includeRestricted }: Pick<BuildOptions, "embedFrames" | "includeRestricted">,
): string[] {
  if (!embedFrames) return [];
  const datasets = new Set(scans.map(({ input }) => identityOf(input).dataset));
  const held = [...datasets]
    .sort()
    .map(sourceTerms)
    .filter(({ mayBeShared }) => !mayBeShared);
  const texts = held.map(({ text }) => text);
  if (held.length === 0 || includeRestricted) return texts;
  throw new UsageError(
    `--embed-frames: ${texts.join(" ")} Add --include-restricted for a dataset of your own that you do not pass on, or leave --embed-frames out.`,
  );
}
