export {
  checkRawScanNet,
  jpegColor,
  RAW_SCANNET_DEFAULTS,
  type RawScanNetOptions,
  writeRawScanNet,
} from "./writeRawScanNet.ts";
