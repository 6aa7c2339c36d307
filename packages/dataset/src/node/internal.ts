/**
 * What the packages of this repository share of files and promise nobody: it may change with any version.
 *
 * @module
 */
export { checkListedName, writeChecksumsOf } from "./checksums.ts";
export {
  fileError,
  makeFolder,
  openRegularFile,
  partialPath,
  READ_FLAGS,
  readRegularFile,
  systemErrorInWords,
} from "./files.ts";
export { type Column, type ColumnType, parquetSchema, parquetValue } from "./parquet.ts";
export { type ParquetRow, readParquetRows } from "./parquetRows.ts";
export { readStatedRooms } from "./statedRooms.ts";
export { countVideoFrames, readVideoFrames, VideoError } from "./videoFrames.ts";
