import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FrameStream } from "../camera/frames.ts";
import { GeometryError } from "../errors.ts";
import { openExportedFrames } from "./exportedFrames.ts";
import { checkScanFolder, type ScanFolder } from "./scanFolders.ts";
import { openSensStream } from "./sensStream.ts";

/**
 * Opens a scan's frames: `<scanId>.sens` in its folder, or frames that others exported, in `frames/<scanId>/` of the
 * raw folder (ScanNet's usual export: color/, depth/, pose/, intrinsic_*.txt).
 *
 * @throws GeometryError "stream-missing" when there is neither, and those of `openSensStream` and `openExportedFrames`.
 */
export async function openFrameStream(folder: ScanFolder): Promise<FrameStream> {
  checkScanFolder(folder, "openFrameStream");
  const { scanId, path } = folder;
  const sens = join(path, `${scanId}.sens`);
  if ((await stat(sens).catch(() => null)) !== null) return openSensStream(sens, { file: `${scanId}/${scanId}.sens` });
  const root = dirname(path);
  // `<root>/scans/<scanId>` keeps its frames in `<root>/frames`, `<root>/<scanId>` too.
  for (const frames of [join(dirname(root), "frames", scanId), join(root, "frames", scanId)]) {
    if ((await stat(frames).catch(() => null))?.isDirectory()) {
      return openExportedFrames(frames, { file: `frames/${scanId}` });
    }
  }
  throw new GeometryError("stream-missing", {
    file: `${scanId}/${scanId}.sens`,
    place: "file",
    got: "neither this file nor exported frames",
    expected: `the scan's stream, or frames/${scanId}/color, depth and pose in the raw folder`,
    advice: "Download it with ScanNet's download script (--type .sens), or build without --frames.",
  });
}
