export { jpegColor, type RawScanNetOptions, rawScanNetDefaults, writeRawScanNet } from "./writeRawScanNet.ts";
