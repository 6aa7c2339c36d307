export { findScans, RAW_FOLDER_ADVICE, type ScanFolder } from "./findScans.ts";
export { type LabelMapEntry, readLabelMap } from "./readLabelMap.ts";
export { type CategoryNames, readLabelRules } from "./readLabelRules.ts";
export { type Mesh, readMesh } from "./readMesh.ts";
export { readMeshPositions } from "./readMeshPositions.ts";
export { READ_SCAN_DEFAULTS, type ReadScanOptions, readScan, readScanWithMesh } from "./readScan.ts";
export { readSplits, type ScanNetSplit } from "./readSplits.ts";
export { type ExportedFramesOptions, openExportedFrames } from "./stream/openExportedFrames.ts";
export { openFrameStream } from "./stream/openFrameStream.ts";
export { openSensStream, type SensOptions, type SensStream } from "./stream/openSens.ts";
export {
  type FrameSampling,
  READ_CAMERA_DEFAULTS,
  type ReadCameraOptions,
  readCamera,
  type SampledImage,
} from "./stream/readCamera.ts";
