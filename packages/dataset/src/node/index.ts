export { DatasetError } from "../errors.ts";
export { CHECKSUMS_FILE, hashFile, hashFolder, readChecksums, writeChecksums } from "./checksums.ts";
export { writeFileAtomically } from "./files.ts";
export { type JsonlRecord, JsonlWriter, readJsonl } from "./jsonl.ts";
