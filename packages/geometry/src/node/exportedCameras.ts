import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { at } from "@vsi/dataset/internal";
import { jpegSize, pngSize } from "../camera/images.ts";
import { isIntrinsicMatrix, readIntrinsicText } from "../camera/pose.ts";
import { decimalNumber } from "../decimalNumber.ts";
import type { GeometryError } from "../errors.ts";
import { readScanFile } from "./files.ts";
import { type FrameLayout, folderNamed, framesError, type NumberedFile } from "./frameLayouts.ts";

/** ScanNet's PNG depth holds millimetres (SensReader/python). */
const DEPTH_SHIFT = 1000;

interface ReadCamerasOptions {
  /** The first colour image. */
  first: NumberedFile;
  depthSize: { width: number; height: number } | null;
  layout: FrameLayout;
}

interface Cameras {
  color: Float64Array;
  depth: Float64Array;
  depthShift: number;
}

/**
 * The cameras of exported frames, from whichever of the known files are there.
 *
 * @param folder the folder that holds the frames; `file` is its name in messages.
 * @throws GeometryError "frames-intrinsic-missing", "frames-bad-intrinsic", and the codes of `readMatrixText` and `openScanFile`.
 */
export async function readCameras(folder: string, file: string, options: ReadCamerasOptions): Promise<Cameras> {
  const files = await listTexts(folder, file);
  const info = files.get("_info.txt") ?? files.get("info.txt");
  const lines = info === undefined ? null : await readInfo(info);
  const color = lines?.color ?? (await readIntrinsic(files, "color"));
  if (color === null) throw intrinsicMissing(file, "color", options.layout);
  const depth = lines?.depth ?? (await readIntrinsic(files, "depth"));
  const depthShift = lines?.depthShift ?? DEPTH_SHIFT;
  if (depth !== null) {
    const size = options.depthSize;
    return { color, depth: size === null ? depth : checkedForSize(depth, file, "depth", size), depthShift };
  }
  // What a depth image shows can't be told without its camera, where the layout has a file for it.
  if (options.depthSize !== null && options.layout !== "posed images") {
    throw intrinsicMissing(file, "depth", options.layout);
  }
  return { color, depth: await scaledToDepth(color, file, options), depthShift };
}

function intrinsicMissing(file: string, camera: "color" | "depth", layout: FrameLayout): GeometryError {
  const expected = {
    folders: `intrinsic/intrinsic_${camera}.txt, or _info.txt`,
    "posed images": "intrinsic.txt, the colour camera's",
    "SensReader files": "_info.txt",
  };
  const got = `no intrinsics of the ${camera} camera`;
  return framesError("frames-intrinsic-missing", file, "folder", got, expected[layout]);
}

/** Of the image's sides: where a camera's principal point may lie. Lenses sit near the middle, half a size is the usual mistake. */
const PRINCIPAL_POINT = [0.2, 0.8] as const;

/** Images that were made smaller need intrinsics that were, too: with others, nothing would be where it is drawn. */
function checkedForSize(
  camera: Float64Array,
  file: string,
  kind: "color" | "depth",
  size: { width: number; height: number },
): Float64Array {
  const [x, y] = [at(camera, 2), at(camera, 6)];
  const [least, most] = PRINCIPAL_POINT;
  const isInside = (place: number, side: number) => place >= least * side && place <= most * side;
  if (isInside(x, size.width) && isInside(y, size.height)) return camera;
  const got = `the principal point ${x}, ${y} of ${kind} images of ${size.width}x${size.height}`;
  const expected = "one near the middle: intrinsics of images of this size";
  throw framesError("frames-bad-intrinsic", file, `${kind} camera`, got, expected);
}

/** The text files of the folder and of intrinsic/, by their names in lower case. */
async function listTexts(folder: string, file: string): Promise<Map<string, Pick<NumberedFile, "path" | "file">>> {
  const files = new Map<string, Pick<NumberedFile, "path" | "file">>();
  for (const inside of ["", "intrinsic/"]) {
    const parent = inside === "" ? "" : `${await folderNamed(folder, "intrinsic")}/`;
    for (const name of (await readdir(join(folder, parent)).catch(() => [])).sort()) {
      if (!/^\D.*\.txt$/i.test(name)) continue;
      files.set(`${inside}${name.toLowerCase()}`, {
        path: join(folder, parent, name),
        file: `${file}/${parent}${name}`,
      });
    }
  }
  return files;
}

async function readIntrinsic(
  files: ReadonlyMap<string, Pick<NumberedFile, "path" | "file">>,
  camera: "color" | "depth",
): Promise<Float64Array | null> {
  const single = camera === "color" ? "intrinsic.txt" : "depth_intrinsic.txt";
  const names = [`intrinsic/intrinsic_${camera}.txt`, `intrinsic_${camera}.txt`, `intrinsics_${camera}.txt`, single];
  const found = names.map((name) => files.get(name)).find((known) => known !== undefined);
  if (found === undefined) return null;
  return checkedIntrinsic(readIntrinsicText(await readScanFile(found.path, found.file), found.file), found.file);
}

function checkedIntrinsic(matrix: Float64Array, file: string): Float64Array {
  if (isIntrinsicMatrix(matrix)) return matrix;
  const got = `focal lengths ${matrix[0]} and ${matrix[5]}, principal point ${matrix[2]}, ${matrix[6]}`;
  throw framesError("frames-bad-intrinsic", file, "matrix", got, "finite numbers, focal lengths over 0");
}

/** What SensReader/c++ writes beside its frames: "m_calibrationColorIntrinsic = 16 numbers", row major. */
async function readInfo({ path, file }: Pick<NumberedFile, "path" | "file">): Promise<Cameras> {
  const text = new TextDecoder().decode(await readScanFile(path, file));
  const numbers = (name: string, count: number): number[] => {
    const words = new RegExp(`^\\s*${name}\\s*=(.*)$`, "m").exec(text)?.[1]?.trim().split(/\s+/) ?? [];
    const values = words.map(decimalNumber);
    if (values.length === count && values.every(Number.isFinite)) return values;
    const got = words.length === 0 ? "no such line" : JSON.stringify(words.join(" ").slice(0, 80));
    throw framesError("frames-bad-intrinsic", file, name, got, `${name} = and ${count} numbers`);
  };
  const camera = (name: string) => checkedIntrinsic(Float64Array.from(numbers(name, 16)), file);
  const [depthShift = DEPTH_SHIFT] = numbers("m_depthShift", 1);
  if (depthShift <= 0) throw framesError("frames-bad-intrinsic", file, "m_depthShift", `${depthShift}`, "over 0");
  return {
    color: camera("m_calibrationColorIntrinsic"),
    depth: camera("m_calibrationDepthIntrinsic"),
    depthShift,
  };
}

/** Of ScanNet's Structure sensor, taken where no depth image tells. */
const SCANNET_DEPTH_SIZE = { width: 640, height: 480 };

/**
 * The colour camera at the depth image's size, for a depth camera that nothing tells of: the two cameras of ScanNet's
 * scans look the same way, and their focal lengths differ by less than the sensor errs.
 */
async function scaledToDepth(
  color: Float64Array,
  file: string,
  { first, depthSize }: ReadCamerasOptions,
): Promise<Float64Array> {
  const bytes = await readScanFile(first.path, first.file);
  const size = jpegSize(bytes) ?? pngSize(bytes);
  if (size === null) {
    throw framesError("frames-bad-color", first.file, "byte 0", "an image without a size", "a whole JPEG or PNG");
  }
  checkedForSize(color, file, "color", size);
  const { width, height } = depthSize ?? SCANNET_DEPTH_SIZE;
  const [x, y] = [width / size.width, height / size.height];
  const depth = color.slice();
  for (const [cell, scale] of [
    [0, x],
    [1, x],
    [2, x],
    [4, y],
    [5, y],
    [6, y],
  ] as const)
    depth[cell] = at(color, cell) * scale;
  return depth;
}
