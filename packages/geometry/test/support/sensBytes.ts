/** A frame as the bytes of a test file have it. */
export interface TestFrame {
  /** 16 numbers, row major. */
  pose?: readonly number[];
  timeColor?: bigint;
  color?: Uint8Array;
  depth?: Uint8Array;
  /** What the file claims, where it lies. */
  colorBytes?: bigint;
  depthBytes?: bigint;
}

/** What a test file holds; what is left out is good. */
export interface TestSens {
  version?: number;
  name?: string;
  nameBytes?: bigint;
  intrinsicDepth?: readonly number[];
  colorCompression?: number;
  depthCompression?: number;
  colorSize?: readonly [number, number];
  depthSize?: readonly [number, number];
  depthShift?: number;
  frames?: readonly TestFrame[];
  frameCount?: bigint;
  imuCount?: bigint;
  imuBytes?: number;
}

export const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
export const pinhole = [577.5, 0, 319.5, 0, 0, 578.5, 239.5, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** The ends of a JPEG with nothing between: no image, where nobody reads it. */
export const emptyJpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

const u32 = (value: number) => bytesOf(4, (view) => view.setUint32(0, value, true));
const i32 = (value: number) => bytesOf(4, (view) => view.setInt32(0, value, true));
const u64 = (value: bigint) => bytesOf(8, (view) => view.setBigUint64(0, value, true));
const f32 = (value: number) => bytesOf(4, (view) => view.setFloat32(0, value, true));

function bytesOf(length: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return bytes;
}

/** A `.sens` file, field after field as the format's description lists them. */
export function sensBytes(sens: TestSens): Uint8Array {
  const name = new TextEncoder().encode(sens.name ?? "StructureSensor");
  const frames = sens.frames ?? [];
  const depthSize = sens.depthSize ?? [2, 2];
  const colorSize = sens.colorSize ?? [4, 4];
  const pieces = [
    u32(sens.version ?? 4),
    u64(sens.nameBytes ?? BigInt(name.length)),
    name,
    ...[pinhole, identity, sens.intrinsicDepth ?? pinhole, identity].flatMap((matrix) => matrix.map(f32)),
    i32(sens.colorCompression ?? 2),
    i32(sens.depthCompression ?? 0),
    ...[...colorSize, ...depthSize].map(u32),
    f32(sens.depthShift ?? 1000),
    u64(sens.frameCount ?? BigInt(frames.length)),
    ...frames.flatMap((frame) => {
      const color = frame.color ?? emptyJpeg;
      const depth = frame.depth ?? new Uint8Array(depthSize[0] * depthSize[1] * 2);
      return [
        ...(frame.pose ?? identity).map(f32),
        u64(frame.timeColor ?? 0n),
        u64(0n),
        u64(frame.colorBytes ?? BigInt(color.length)),
        u64(frame.depthBytes ?? BigInt(depth.length)),
        color,
        depth,
      ];
    }),
    u64(sens.imuCount ?? 0n),
    new Uint8Array(sens.imuBytes ?? 0),
  ];
  return Buffer.concat(pieces);
}
