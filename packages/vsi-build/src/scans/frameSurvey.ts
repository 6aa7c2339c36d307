import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { UsageError } from "@vsi/command";
import { countOf } from "@vsi/dataset/internal";
import { findFrames } from "@vsi/geometry/node";
import { identityOf } from "../pipeline/processScan.ts";
import type { SelectedScan } from "./source.ts";
import { findUnposedFrames } from "./unposedFrames.ts";

/** Where the scans' frames are. */
interface FrameSurvey {
  /** "frames: 312 scans as .sens in scans/*; 3 scans without" */
  sentence: string;
  /** Bytes of each scan's .sens file, by scan id: exported frames are thousands of files a scan, too many to ask each. */
  sensBytes: ReadonlyMap<string, number>;
}

/**
 * Looks where the scans' frames are, before any is read.
 *
 * @param framesRoot as `findFrames` takes it.
 * @throws UsageError where no scan has any, saying where it looked: better than one error for each scan.
 */
export async function surveyFrames(scans: readonly SelectedScan[], framesRoot: string | null): Promise<FrameSurvey> {
  await checkFramesRoot(framesRoot);
  const found = new Map<string, number>();
  let without = 0;
  const sensBytes = new Map<string, number>();
  for (const { scanId, input } of scans) {
    const unposed = await findUnposedFrames(input, framesRoot);
    const source = unposed !== null || input.kind !== "raw" ? null : await findFrames(input.folder, { framesRoot });
    if (unposed !== null) {
      const kind = `as ${unposed.kind} without poses in ${unposed.place}`;
      found.set(kind, (found.get(kind) ?? 0) + 1);
    } else if (source === null) {
      without += 1;
    } else {
      const kind = `as ${source.layout} in ${source.place}`;
      found.set(kind, (found.get(kind) ?? 0) + 1);
      if (source.layout === ".sens") sensBytes.set(scanId, (await stat(source.path)).size);
    }
  }
  const [first] = scans;
  if (found.size === 0 && first !== undefined) {
    if (framesRoot !== null) checkIsAround(framesRoot, scans);
    throw nothingFound(without, first, framesRoot);
  }
  const parts = [...found].sort().map(([kind, count]) => `${countOf(count, "scan")} ${kind}`);
  const unmeasured = parts.some((part) => part.includes("without poses"))
    ? ". Without poses, questions are about the whole room: what the frames show is not measured"
    : "";
  const sentence = `frames: ${parts.join(", ")}${without === 0 ? "" : `; ${countOf(without, "scan")} without`}${unmeasured}`;
  return { sentence, sensBytes };
}

async function checkFramesRoot(framesRoot: string | null): Promise<void> {
  if (framesRoot === null) return;
  const found = await stat(framesRoot).catch(() => null);
  if (found?.isDirectory()) return;
  const got = found === null ? "nothing at this path" : "a file";
  throw new UsageError(`--frames-root ${framesRoot}: got ${got}, expected the folder of the scans' frames.`);
}

/** @throws UsageError for the folder of a single scan's frames. */
function checkIsAround(framesRoot: string, scans: readonly SelectedScan[]): void {
  const name = basename(resolve(framesRoot));
  if (!scans.some(({ scanId }) => scanId === name)) return;
  throw new UsageError(
    `--frames-root ${framesRoot}: the folder of a single scan. Give the one around it, ${dirname(resolve(framesRoot))}.`,
  );
}

function nothingFound(scans: number, { scanId, input }: SelectedScan, framesRoot: string | null): UsageError {
  const where = framesRoot === null ? "in the scans' folders and beside them" : `in --frames-root ${framesRoot}`;
  const inside = framesRoot === null ? "<root>/" : `${framesRoot}/`;
  const own = framesRoot === null ? `<root>/scans/${scanId}` : `${framesRoot}/${scanId}`;
  const unposed =
    framesRoot === null
      ? `${own}/${scanId}.mp4`
      : `pictures in ${own}, ${framesRoot}/${scanId}.mp4 and ${framesRoot}/${identityOf(input).dataset}/${scanId}.mp4`;
  return new UsageError(
    `--frames: none of ${countOf(scans, "scan")} has frames ${where}. Looked for ${own}/${scanId}.sens, ` +
      `${own}/color/0.jpg or frame-000000.color.jpg, and the same in ${inside}frames/${scanId}, ` +
      `${inside}scannet_frames_25k/${scanId} and ${inside}posed_images/${scanId} (there 00000.jpg and 00000.txt, too); without poses ${unposed}. ` +
      "Download the streams with ScanNet's script (--type .sens), say where the frames are (--frames-root DIR), or leave --frames out.",
  );
}
