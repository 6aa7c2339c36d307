import { type CameraFacts, type CameraIntrinsics, type SampledFrame, sampleEvenly, type Vec3 } from "@vsi/dataset";
import {
  at,
  checkArguments,
  checkOptions,
  countOf,
  FUNCTION,
  isRecord,
  type OptionKinds,
  SWITCH,
  WHOLE,
  wholeFrom,
} from "@vsi/dataset/internal";
import type { FrameStream } from "../camera/frames.ts";
import { imageKind } from "../camera/images.ts";
import { labelFaces, labelVertices } from "../camera/meshLabels.ts";
import { alignPose } from "../camera/pose.ts";
import type { DepthImage } from "../camera/raster.ts";
import { type CoverageCandidate, frameTimes, sampleCoverage, sampleEvery } from "../camera/sampling.ts";
import { UnseenObjects } from "../camera/unseenObjects.ts";
import { firstSeen, type LabelledMesh, VisibilityRenderer, type VisibleFrame } from "../camera/visibility.ts";
import { GeometryError } from "../errors.ts";
import { SCAN, type Scan } from "../facts/sceneFacts.ts";
import { roundLength } from "../rounding.ts";
import { groupInstances } from "../sources/scannet/instances.ts";
import { alignPositions, closestVertexDistance } from "../vertices.ts";
import { DamagedFrames, damageWarning, takeUsable } from "./damagedFrames.ts";
import {
  FRAME_SOURCE_DEFAULTS,
  FRAME_SOURCE_OPTIONS,
  type FrameSourceOptions,
  openFrameStream,
} from "./frameStream.ts";
import { readMesh } from "./mesh.ts";
import { meshFile } from "./ownRoom.ts";
import { checkScanFolder, type ScanFolder } from "./scanFolders.ts";

/** Which frames a model is shown. */
export type FrameSampling = "uniform" | "coverage" | { every: number };

/** How a stream is sampled; the defaults are READ_CAMERA_DEFAULTS. */
export interface ReadCameraOptions extends FrameSourceOptions {
  /** Maximum number of frames. */
  frames: number;
  /** Spread evenly, those that together show the most objects, or every Nth (thinned evenly to `frames`). */
  sampling: FrameSampling;
  /** Pixels of the depth image from which an object counts as seen. */
  minimumPixels: number;
  /** Whether to go through the whole stream for when each object is first seen. */
  firstSeen: boolean;
}

/** 32 frames are what VSI-Bench's evaluations show most models; 50 pixels: see `minVisiblePixels` of @vsi/questions. */
export const READ_CAMERA_DEFAULTS: ReadCameraOptions = {
  ...FRAME_SOURCE_DEFAULTS,
  frames: 32,
  sampling: "uniform",
  minimumPixels: 50,
  firstSeen: false,
};

const READ_CAMERA_OPTIONS: OptionKinds<ReadCameraOptions> = {
  ...FRAME_SOURCE_OPTIONS,
  frames: wholeFrom(1),
  sampling: {
    words: '"uniform", "coverage" or { every: N }',
    fits: (value) => value === "uniform" || value === "coverage" || (isRecord(value) && WHOLE.fits(value.every)),
  },
  minimumPixels: wholeFrom(1),
  firstSeen: SWITCH,
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
  /** The stream's file or folder in messages. */
  file: string;
  /** Pixels; needed to understand raw images. */
  width: number | null;
  height: number | null;
}

/** What a stream shows, and what was left out, a sentence each. */
export interface ReadCamera {
  camera: CameraFacts;
  warnings: string[];
}

/**
 * What a scan's stream shows: samples frames, tells by drawing the mesh which objects each of them shows, and hands out
 * their images one by one. Frames without a valid pose are left out and counted, as are damaged ones among those that
 * are looked at: of a sampled one the nearest good frame takes the place.
 *
 * When an object is first seen rests on the depth images alone: a frame of which only the colour is damaged counts
 * there. Frames that can show no object for the first time are not drawn, nor even read where no such object's box meets
 * their view (`UnseenObjects`): a damaged one among them is not noticed, and leaves nothing unclear.
 *
 * @param scan as `readScanWithMesh` read it.
 * @param onImage called for each sampled frame, and awaited; in order, but for those that replace damaged ones. Where it throws
 * GeometryError "frame-not-an-image" the frame is damaged.
 * @throws GeometryError "stream-missing", "stream-no-valid-pose", the first frame's fault where no frame can be used, and
 * those of the stream and mesh readers.
 *
 * @example
 * ```js
 * import { findScans, readCamera, readScanWithMesh } from "@vsi/geometry/node";
 * import { writeRawScanNet } from "@vsi/synth/node";
 *
 * await writeRawScanNet("sampled", { rooms: 1, seed: 1, frames: 6 });
 * const [folder] = await findScans("sampled");
 * const { scan } = await readScanWithMesh(folder);
 * const names = [];
 * const { camera } = await readCamera(folder, scan, { frames: 3 }, async ({ name }) => void names.push(name));
 * console.log(names.join(" "), camera.frames_total); // 000000.jpg 000003.jpg 000005.jpg 6
 * console.log(camera.frames[0].visible.length > 0); // true
 * ```
 */
export async function readCamera(
  folder: ScanFolder,
  scan: Scan,
  given: Partial<ReadCameraOptions>,
  onImage: (image: SampledImage) => Promise<void>,
): Promise<ReadCamera> {
  checkScanFolder(folder, "readCamera");
  checkOptions(given, READ_CAMERA_OPTIONS, "readCamera");
  checkArguments("readCamera", { scan: [scan, SCAN], onImage: [onImage, FUNCTION] });
  const options = { ...READ_CAMERA_DEFAULTS, ...given };
  const stream = await openFrameStream(folder, { framesRoot: options.framesRoot });
  try {
    const damaged = new DamagedFrames();
    for (const { index, poseFault } of stream.frames) if (poseFault !== undefined) damaged.add(index, poseFault);
    const valid = stream.frames.filter((frame) => frame.hasValidPose);
    if (valid.length === 0) throw noneUsable(stream, damaged);
    const times = frameTimes(stream.frames);
    const timeOf = new Map(stream.frames.map((frame, position) => [frame.index, at(times, position)]));
    const poses = new Map(valid.map((frame) => [frame.index, alignPose(frame.cameraToWorld, scan.axisAlignment)]));
    const intrinsics = depthIntrinsics(stream);
    const objects = alignedObjects(scan);
    const mesh = await readLabelledMesh(folder, objects);
    const renderer = new VisibilityRenderer(mesh, intrinsics);
    const seenIn = new Map<number, SampledFrame["visible"] | null>();
    const readDepth = async (index: number): Promise<DepthImage | null> => {
      const values = await stream.readDepth(index);
      return values === null ? null : { values, shift: stream.depthShift };
    };
    /** Null where the depth image is damaged or there is no pose. */
    const see = async (index: number): Promise<SampledFrame["visible"] | null> => {
      const known = seenIn.get(index);
      if (known !== undefined) return known;
      const pose = poses.get(index);
      const visible =
        pose === undefined
          ? null
          : await damaged.attempt(index, async () => renderer.visiblePixels(pose, await readDepth(index)));
      seenIn.set(index, visible);
      return visible;
    };
    const hasImages = async (index: number): Promise<boolean> =>
      !damaged.has(index) &&
      (await see(index)) !== null &&
      (await damaged.attempt(index, () => stream.readColor(index))) !== null;
    const frames = new Map<number, SampledFrame>();
    const takeFrame = async (index: number): Promise<boolean> => {
      const visible = damaged.has(index) ? null : await see(index);
      if (visible === null) return false;
      const name = `${String(index).padStart(NUMBER_DIGITS, "0")}.jpg`;
      const { colorCompression, colorWidth: width, colorHeight: height } = stream;
      const isTaken = await damaged.attempt(index, async () => {
        const bytes = await stream.readColor(index);
        // A folder may hold images of several kinds, whatever their names say.
        const compression = colorCompression === "raw" ? "raw" : (imageKind(bytes) ?? colorCompression);
        await onImage({ name, bytes, compression, file: stream.path, width, height });
        return true;
      });
      if (isTaken === null) return false;
      const time_s = timeOf.get(index) as number;
      const camera_to_world = poses.get(index) as number[];
      const measured = withDistances(visible, camera_to_world, objects);
      frames.set(index, { name, index, time_s, camera_to_world, visible: measured });
      return true;
    };
    // Frames with a lost pose are neither damage nor a gap: some scans have many, and they were never looked at.
    const candidates = stream.frames.filter((frame) => frame.hasValidPose || frame.poseFault !== undefined);
    /** What each frame shows of objects that none before it showed: of all others it may say nothing. */
    async function* watch(): AsyncGenerator<VisibleFrame> {
      const unseen = new UnseenObjects(mesh, intrinsics, options.minimumPixels);
      for (const { index } of candidates) {
        const pose = poses.get(index);
        let visible: SampledFrame["visible"] | null = [];
        if (pose === undefined || seenIn.has(index)) {
          visible = await see(index);
        } else if (unseen.meetView(pose)) {
          visible = await damaged.attempt(index, async () => {
            const depth = await readDepth(index);
            const window = unseen.whereShown(pose, depth);
            return window === null ? [] : renderer.visiblePixelsIn(window, pose, depth);
          });
        }
        unseen.remove(visible ?? []);
        yield { index, time_s: timeOf.get(index) as number, visible };
      }
    }
    const indices = candidates.map((frame) => frame.index);
    const chosen = await sample(indices, options, see, hasImages);
    const taken = await takeUsable(indices, chosen, takeFrame);
    if (taken.length === 0) throw noneUsable(stream, damaged);
    const first_seen = options.firstSeen ? await firstSeen(watch(), options.minimumPixels) : null;
    const sampled = taken.map((index) => frames.get(index) as SampledFrame);
    const warnings = [insteadWarning(stream), damageWarning(stream.path, damaged), blindWarning(stream.path, sampled)];
    const camera: CameraFacts = {
      intrinsics,
      frames_total: stream.frames.length,
      frames_without_pose: stream.frames.length - candidates.length,
      ...(damaged.count > 0 && { frames_damaged: damaged.count }),
      frames: sampled,
      first_seen,
    };
    return { camera, warnings: warnings.filter((warning) => warning !== null) };
  } finally {
    await stream.close();
  }
}

async function sample(
  indices: readonly number[],
  { frames, sampling, minimumPixels }: ReadCameraOptions,
  see: (index: number) => Promise<SampledFrame["visible"] | null>,
  isUsable: (index: number) => Promise<boolean>,
): Promise<number[]> {
  if (sampling === "uniform") return sampleEvenly(indices, frames);
  if (sampling !== "coverage") return sampleEvenly(sampleEvery(indices, sampling.every), frames);
  const candidates: CoverageCandidate[] = [];
  const chosen = sampleEvenly(indices, Math.max(frames, COVERAGE_CANDIDATES));
  for (const index of await takeUsable(indices, chosen, isUsable)) {
    candidates.push({ index, visible: (await see(index)) ?? [] });
  }
  return sampleCoverage(candidates, frames, minimumPixels);
}

/**
 * Of every depth image of ScanNet (its Structure sensor); taken for exported frames without depth images, which would
 * tell.
 */
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

/** The mesh's vertices and which of them are whose. */
interface AlignedObjects {
  /** x, y, z of each vertex in a row; metres, axis-aligned. */
  positions: Float64Array;
  /** By object id, indices of its vertices. */
  verticesOf: ReadonlyMap<number, Uint32Array>;
}

function alignedObjects({ positions, axisAlignment, segmentIds, aggregation: { objects } }: Scan): AlignedObjects {
  const instances = groupInstances(segmentIds, objects);
  return {
    positions: alignPositions(positions, axisAlignment),
    verticesOf: new Map(objects.map(({ id }, place) => [id, at(instances, place)])),
  };
}

async function readLabelledMesh(folder: ScanFolder, { positions, verticesOf }: AlignedObjects): Promise<LabelledMesh> {
  const { path, file } = meshFile(folder);
  const { faces } = await readMesh(path, { file });
  const vertexObjects = labelVertices(
    positions.length / 3,
    Array.from(verticesOf, ([id, vertices]) => ({ id, vertices })),
  );
  return { positions, faces, faceObjects: labelFaces(faces, vertexObjects) };
}

/** What a frame shows, and how far its camera is from each of it. */
function withDistances(
  visible: SampledFrame["visible"],
  cameraToWorld: readonly number[],
  { positions, verticesOf }: AlignedObjects,
): SampledFrame["visible"] {
  const place: Vec3 = [at(cameraToWorld, 3), at(cameraToWorld, 7), at(cameraToWorld, 11)];
  return visible.map((sight) => {
    const vertices = verticesOf.get(sight.object_id);
    if (vertices === undefined) return sight;
    return { ...sight, distance_m: roundLength(closestVertexDistance(positions, vertices, place)) };
  });
}

/** One sentence where exported frames stand in for a damaged file; null otherwise. */
function insteadWarning({ path, insteadOf }: FrameStream): string | null {
  if (insteadOf === undefined) return null;
  const { file, place, got, expected } = insteadOf.detail;
  return `${file} is damaged (${place}: got ${got}, expected ${expected}): took the exported frames in ${path}.`;
}

/**
 * One sentence where half of the sampled frames or more show nothing that is annotated, which a person's camera hardly
 * does: poses from world to camera, or in millimetres, are poses like any other.
 */
function blindWarning(path: string, frames: readonly SampledFrame[]): string | null {
  const blind = frames.filter(({ visible }) => visible.length === 0).length;
  if (2 * blind < frames.length) return null;
  return `${path}: ${blind} of ${countOf(frames.length, "sampled frame")} show none of the scan's objects: check that the poses are camera to world, in metres, in the mesh's own frame, and that the depth images are the scan's.`;
}

/** Why a stream shows nothing: the first damaged frame's fault, or no pose was ever known. */
function noneUsable({ path, frames }: FrameStream, damaged: DamagedFrames): GeometryError {
  const { first } = damaged;
  if (first !== null) {
    const { code, detail } = first.fault;
    return new GeometryError(code, {
      ...detail,
      got: `${detail.got} (and no other frame of ${frames.length} is usable)`,
    });
  }
  return new GeometryError("stream-no-valid-pose", {
    file: path,
    place: "poses",
    got: `${countOf(frames.length, "frame")}, none with a valid pose`,
    expected: "at least one frame with a known camera pose",
    advice: "Download the stream again, or leave this scan out with --scenes.",
  });
}
