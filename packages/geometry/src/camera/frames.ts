import type { GeometryError } from "../errors.ts";

/** The open colour and depth images of a scan with their cameras, read frame by frame. `close` it after use. */
export interface FrameStream {
  /** The file or folder as the user knows it, POSIX separators. */
  path: string;
  /** Row-major 4 by 4, pixels: focal lengths at (0, 0) and (1, 1), principal point at (0, 2) and (1, 2). */
  intrinsicColor: Float64Array;
  intrinsicDepth: Float64Array;
  colorCompression: ColorCompression;
  /** Pixels; null where the images themselves must tell. */
  colorWidth: number | null;
  colorHeight: number | null;
  /** Pixels; null where there are no depth images. */
  depthWidth: number | null;
  depthHeight: number | null;
  /** Depth values per metre: 1000 for millimetres. */
  depthShift: number;
  /** Ordered by index. */
  frames: readonly StreamFrame[];
  /** The colour image's bytes, compressed as `colorCompression` says. */
  readColor(index: number): Promise<Uint8Array>;
  /**
   * Row by row, `depthShift` to the metre, 0 where nothing was measured; null where the stream's depth cannot be read.
   */
  readDepth(index: number): Promise<Uint16Array | null>;
  /** Why the `.sens` file beside these exported frames was not taken; undefined where there is none, or a whole one. */
  insteadOf?: GeometryError;
  /** Frees the file. */
  close(): Promise<void>;
}

/** One frame of a scan's stream: numbers only, the images stay in the file. */
export interface StreamFrame {
  /** The frame's number in the stream, from 0. Frames that others exported may leave numbers out. */
  index: number;
  /**
   * Row-major 4 by 4, camera (x right, y down, z forward) to the mesh's coordinates: metres, +Z up, not yet axis
   * aligned. As the file holds it: nonsense where `hasValidPose` is false.
   */
  cameraToWorld: Float64Array;
  /** Whether the pose is one (`isCameraPose`). */
  hasValidPose: boolean;
  /**
   * Why there is no pose, where its own file is missing or broken; undefined in a stream that holds its poses itself.
   */
  poseFault?: GeometryError;
  /**
   * When the colour image was taken: microseconds from an unknown start, as written, or null where nothing says.
   * `frameTimes` makes seconds of it.
   */
  timeColor: number | null;
}

/** How a stream's colour images are stored; raw: red, green, blue, a byte each, row by row. */
export type ColorCompression = "raw" | "png" | "jpeg";
