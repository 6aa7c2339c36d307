export * from "./jpegColor.ts";
export * from "./writeRawScanNet.ts";
