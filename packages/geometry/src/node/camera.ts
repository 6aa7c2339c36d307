import { basename, join } from "node:path";
import { at, type CameraFacts, type CameraIntrinsics, type SampledFrame, sampleEvenly } from "@vsi/dataset";
import type { FrameStream } from "../camera/frames.ts";
import { labelFaces, labelVertices } from "../camera/meshLabels.ts";
import { alignPose } from "../camera/pose.ts";
import { type CoverageCandidate, frameTimes, sampleCoverage, sampleEvery } from "../camera/sampling.ts";
import { firstSeen, VisibilityRenderer } from "../camera/visibility.ts";
import { GeometryError } from "../errors.ts";
import type { Scan } from "../facts/sceneFacts.ts";
import { groupInstances } from "../sources/scannet/instances.ts";
import { alignPositions } from "../vertices.ts";
import { openFrameStream } from "./frameStream.ts";
import { readMesh } from "./mesh.ts";
import type { ScanFolder } from "./scanFolders.ts";

/** Which frames a model is shown. */
export type FrameSampling = "uniform" | "coverage" | { every: number };

export interface ReadCameraOptions {
  /** Maximum number of frames. */
  frames: number;
  /** Spread evenly, those that together show the most objects, or every Nth (thinned evenly to `frames`). */
  sampling: FrameSampling;
  /** Pixels of the depth image from which an object counts as seen. */
  minimumPixels: number;
  /** Whether to look at every frame of the stream for when each object is first seen. */
  firstSeen: boolean;
}

/** 32 frames are what VSI-Bench's evaluations show most models; 50 pixels: see `minVisiblePixels` of @vsi/questions. */
export const READ_CAMERA_DEFAULTS: ReadCameraOptions = {
  frames: 32,
  sampling: "uniform",
  minimumPixels: 50,
  firstSeen: false,
};

/** Frames that "coverage" chooses among: enough that neighbours differ by about a second in a scan of some minutes. */
const COVERAGE_CANDIDATES = 256;

/** Digits of a frame's number in its file name: the longest scans have tens of thousands of frames. */
const NUMBER_DIGITS = 6;

/** A sampled frame's colour image, as the stream holds it. */
export interface SampledImage {
  /** The name it gets in the dataset, such as "000120.jpg". */
  name: string;
  bytes: Uint8Array;
  compression: FrameStream["colorCompression"];
  /** Pixels; needed to understand raw images. */
  width: number | null;
  height: number | null;
}

/**
 * What a scan's stream shows: samples frames, tells by drawing the mesh which objects each of them shows, and hands out
 * their images one by one. Frames without a valid pose are left out and counted.
 *
 * @param scan as `readScanWithMesh` read it.
 * @param onImage called for each sampled frame in order, and awaited.
 * @throws GeometryError "stream-missing", "stream-no-valid-pose", and those of the stream and mesh readers.
 */
export async function readCamera(
  folder: ScanFolder,
  scan: Scan,
  options: ReadCameraOptions,
  onImage: (image: SampledImage) => Promise<void>,
): Promise<CameraFacts> {
  const stream = await openFrameStream(folder);
  try {
    const valid = stream.frames.filter((frame) => frame.hasValidPose);
    if (valid.length === 0) throw noValidPose(stream);
    const times = frameTimes(stream.frames);
    const timeOf = new Map(stream.frames.map((frame, position) => [frame.index, at(times, position)]));
    const poses = new Map(valid.map((frame) => [frame.index, alignPose(frame.cameraToWorld, scan.axisAlignment)]));
    const intrinsics = depthIntrinsics(stream);
    const renderer = await createRenderer(folder, scan, intrinsics);
    const seenIn = new Map<number, SampledFrame["visible"]>();
    const see = async (index: number): Promise<SampledFrame["visible"]> => {
      const known = seenIn.get(index);
      if (known !== undefined) return known;
      const depth = await stream.readDepth(index);
      const visible = renderer.visiblePixels(
        poses.get(index) as number[],
        depth === null ? null : { values: depth, shift: stream.depthShift },
      );
      seenIn.set(index, visible);
      return visible;
    };
    const indices = valid.map((frame) => frame.index);
    const sampled = await sample(indices, options, see);
    const frames: SampledFrame[] = [];
    for (const index of sampled) {
      const name = `${String(index).padStart(NUMBER_DIGITS, "0")}.jpg`;
      const visible = await see(index);
      frames.push({
        name,
        index,
        time_s: timeOf.get(index) as number,
        camera_to_world: poses.get(index) as number[],
        visible,
      });
      const { colorCompression: compression, colorWidth: width, colorHeight: height } = stream;
      await onImage({ name, bytes: await stream.readColor(index), compression, width, height });
    }
    return {
      intrinsics,
      frames_total: stream.frames.length,
      frames_without_pose: stream.frames.length - valid.length,
      frames,
      first_seen: options.firstSeen ? await firstSeen(watch(indices, timeOf, see), options.minimumPixels) : null,
    };
  } finally {
    await stream.close();
  }
}

async function sample(
  indices: readonly number[],
  { frames, sampling, minimumPixels }: ReadCameraOptions,
  see: (index: number) => Promise<SampledFrame["visible"]>,
): Promise<number[]> {
  if (sampling === "uniform") return sampleEvenly(indices, frames);
  if (sampling !== "coverage") return sampleEvenly(sampleEvery(indices, sampling.every), frames);
  const candidates: CoverageCandidate[] = [];
  for (const index of sampleEvenly(indices, Math.max(frames, COVERAGE_CANDIDATES))) {
    candidates.push({ index, visible: await see(index) });
  }
  return sampleCoverage(candidates, frames, minimumPixels);
}

async function* watch(
  indices: readonly number[],
  timeOf: ReadonlyMap<number, number>,
  see: (index: number) => Promise<SampledFrame["visible"]>,
): AsyncGenerator<Pick<SampledFrame, "index" | "time_s" | "visible">> {
  for (const index of indices) yield { index, time_s: timeOf.get(index) as number, visible: await see(index) };
}

/** Of every depth image of ScanNet (its Structure sensor); taken for exported frames without depth images, which would tell. */
const SCANNET_DEPTH_SIZE = { width: 640, height: 480 };

/** The camera that visibility is counted in. */
function depthIntrinsics({ intrinsicDepth, depthWidth, depthHeight }: FrameStream): CameraIntrinsics {
  return {
    width: depthWidth ?? SCANNET_DEPTH_SIZE.width,
    height: depthHeight ?? SCANNET_DEPTH_SIZE.height,
    fx: at(intrinsicDepth, 0),
    fy: at(intrinsicDepth, 5),
    cx: at(intrinsicDepth, 2),
    cy: at(intrinsicDepth, 6),
  };
}

async function createRenderer(
  folder: ScanFolder,
  scan: Scan,
  intrinsics: CameraIntrinsics,
): Promise<VisibilityRenderer> {
  const name = `${folder.scanId}_vh_clean_2.ply`;
  const { faces } = await readMesh(join(folder.path, name), { file: `${basename(folder.path)}/${name}` });
  const { objects } = scan.aggregation;
  const instances = groupInstances(scan.segmentIds, objects);
  const vertexObjects = labelVertices(
    scan.positions.length / 3,
    objects.map(({ id }, position) => ({ id, vertices: at(instances, position) })),
  );
  const positions = alignPositions(scan.positions, scan.axisAlignment);
  return new VisibilityRenderer({ positions, faces, faceObjects: labelFaces(faces, vertexObjects) }, intrinsics);
}

function noValidPose({ path, frames }: FrameStream): GeometryError {
  return new GeometryError("stream-no-valid-pose", {
    file: path,
    place: "poses",
    got: `${frames.length} frames, none with a valid pose`,
    expected: "at least one frame whose camera pose is known",
    advice: "Download the stream again, or leave this scan out with --scenes.",
  });
}
