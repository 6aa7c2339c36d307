import { SynthError } from "../synthError.ts";

/** @throws SynthError "frame-count" unless `frames` is a whole number of at least 1. */
export function checkFrameCount(frames: number): void {
  if (Number.isSafeInteger(frames) && frames >= 1) return;
  throw new SynthError("frame-count", {
    place: "frames",
    got: String(frames),
    expected: "a whole number of at least 1",
    advice: "90 frames are three seconds of film.",
  });
}
