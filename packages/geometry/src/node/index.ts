export type { ScanNetSplit } from "@vsi/dataset";
export type { ColorCompression, FrameStream, StreamFrame } from "../camera/frames.ts";
export {
  type FrameSampling,
  READ_CAMERA_DEFAULTS,
  type ReadCamera,
  type ReadCameraOptions,
  readCamera,
  type SampledImage,
} from "./camera.ts";
export { type ExportedFramesOptions, openExportedFrames } from "./exportedFrames.ts";
export type { FrameLayout } from "./frameLayouts.ts";
export { type FrameSource, type FrameSourceOptions, findFrames, openFrameStream } from "./frameStream.ts";
export { readMeshPositions } from "./mesh.ts";
export {
  READ_SCAN_DEFAULTS,
  type ReadScanOptions,
  readScan,
  readScanWithMesh,
  readSurface,
  type Surface,
} from "./readScan.ts";
export { findScans, type ScanFolder } from "./scanFolders.ts";
export { openSensStream, type SensOptions, type SensStream } from "./sensStream.ts";
export {
  type CategoryNames,
  type LabelMapEntry,
  readLabelMap,
  readLabelRules,
  readSplitLists,
  readSplits,
  readTestRooms,
} from "./tables.ts";
