export {
  type FrameSampling,
  READ_CAMERA_DEFAULTS,
  type ReadCameraOptions,
  readCamera,
  type SampledImage,
} from "./camera.ts";
export {
  type ExportedFramesOptions,
  openExportedFrames,
  openFrameStream,
  openSensStream,
  type SensOptions,
  type SensStream,
} from "./frameStream.ts";
export { type Mesh, readMesh, readMeshPositions } from "./mesh.ts";
export {
  findScans,
  RAW_FOLDER_ADVICE,
  READ_SCAN_DEFAULTS,
  type ReadScanOptions,
  readScan,
  readScanWithMesh,
  type ScanFolder,
} from "./readScan.ts";
export {
  type CategoryNames,
  type LabelMapEntry,
  readLabelMap,
  readLabelRules,
  readSplits,
  type ScanNetSplit,
} from "./tables.ts";
