export { DatasetError, type DatasetErrorDetail } from "../datasetError.ts";
export * from "./checksumsFile.ts";
export * from "./hashFile.ts";
export * from "./jsonlWriter.ts";
export * from "./partialPath.ts";
export * from "./readChecksums.ts";
export * from "./readJsonl.ts";
export * from "./writeChecksums.ts";
export * from "./writeFileAtomically.ts";
