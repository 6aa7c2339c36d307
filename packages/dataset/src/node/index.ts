export { DatasetError, type DatasetErrorDetail } from "../errors.ts";
export { CHECKSUMS_FILE, hashFile, hashFolder, readChecksums, writeChecksums, writeChecksumsOf } from "./checksums.ts";
export { fileError, PARTIAL_SUFFIX, partialPath, writeFileAtomically } from "./files.ts";
export { type JsonlRecord, JsonlWriter, readJsonl } from "./jsonl.ts";
export { type Column, type ColumnType, type ParquetElement, parquetSchema, parquetValue } from "./parquet.ts";
