import { UsageError } from "@vsi/command";

/** @throws UsageError when it is not WIDTHxHEIGHT. */
export function parseFrameSize(value: string): { width: number; height: number } {
  const [, width, height] = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(value) ?? [];
  if (width === undefined || height === undefined) {
    throw new UsageError(`--frame-size: got ${value}, expected WIDTHxHEIGHT in pixels, such as 640x480.`);
  }
  return { width: Number(width), height: Number(height) };
}
