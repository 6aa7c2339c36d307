export { findScans, RAW_FOLDER_ADVICE, type ScanFolder } from "./findScans.ts";
export { type LabelMapEntry, readLabelMap } from "./readLabelMap.ts";
export { type CategoryNames, readLabelRules } from "./readLabelRules.ts";
export { readMeshPositions } from "./readMeshPositions.ts";
export { READ_SCAN_DEFAULTS, type ReadScanOptions, readScan } from "./readScan.ts";
export { readSplits, type ScanNetSplit } from "./readSplits.ts";
