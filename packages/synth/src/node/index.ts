export * from "./writeRawScanNet.ts";
