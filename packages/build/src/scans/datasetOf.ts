import { physicalRoomOf } from "@vsi/dataset";

/** Rooms made by @vsi/synth count from here; ScanNet's own end at scene0806. */
const FIRST_SAMPLE_ROOM = 9000;

/** The `dataset` field of a scan: "scannet", or "vsi-synth" for the sample rooms. */
export function datasetOf(scanId: string): "scannet" | "vsi-synth" {
  const room = Number(physicalRoomOf(scanId).slice("scene".length));
  return room >= FIRST_SAMPLE_ROOM ? "vsi-synth" : "scannet";
}
