import type { FrameSampling } from "@vsi/geometry/node";

/** What of a scan's stream goes into the dataset. */
export interface FrameSettings {
  /** At most so many frames a scan. */
  frames: number;
  sampling: FrameSampling;
  /** Frames are made to fit into so many pixels, never larger; null keeps the stream's own bytes. */
  size: { width: number; height: number } | null;
  /** Whether the sampled frames are also written as videos/<scanId>.mp4. */
  video: boolean;
}
