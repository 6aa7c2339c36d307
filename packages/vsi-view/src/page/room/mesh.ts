import type { Vec3 } from "@vsi/dataset";
import type { MeshHeader } from "../../data/contract.ts";

/** A room's mesh; metres, axis-aligned, +Z up. */
export interface RoomMesh {
  /** 3 per vertex. */
  positions: Float32Array;
  /** 3 vertices each. */
  triangles: Uint32Array;
  /** By vertex, the object's id; -1 for none. */
  objects: Int32Array;
  /** 3 per vertex, sRGB; null where the scan has none. */
  colors: Uint8Array | null;
}

/**
 * Reads the bytes that MeshHeader describes. The arrays are views of them: a mesh of a million vertices is not copied.
 *
 * @throws Error for bytes that are not as the header says.
 */
export function readMesh(bytes: ArrayBuffer): RoomMesh {
  const start = new Uint8Array(bytes).indexOf(10) + 1;
  const { vertices, triangles, hasColors } = JSON.parse(
    new TextDecoder().decode(new Uint8Array(bytes, 0, start)) || "null",
  ) as MeshHeader;
  const expected = start + 16 * vertices + 12 * triangles + (hasColors ? 3 * vertices : 0);
  if (start % 4 !== 0 || bytes.byteLength !== expected) {
    throw new Error(`mesh: got ${bytes.byteLength} bytes, expected ${expected} by its header. Reload the page.`);
  }
  const afterPositions = start + 12 * vertices;
  const afterTriangles = afterPositions + 12 * triangles;
  return {
    positions: new Float32Array(bytes, start, 3 * vertices),
    triangles: new Uint32Array(bytes, afterPositions, 3 * triangles),
    objects: new Int32Array(bytes, afterTriangles, vertices),
    colors: hasColors ? new Uint8Array(bytes, afterTriangles + 4 * vertices, 3 * vertices) : null,
  };
}

/** The vertex of an object that is closest to a point; the first of several, null where the mesh has none of it. */
export function closestVertex({ positions, objects }: RoomMesh, objectId: number, [x, y, z]: Vec3): Vec3 | null {
  let [best, bestSquared] = [-1, Number.POSITIVE_INFINITY];
  for (let vertex = 0; vertex < objects.length; vertex += 1) {
    if (objects[vertex] !== objectId) continue;
    const dx = (positions[3 * vertex] as number) - x;
    const dy = (positions[3 * vertex + 1] as number) - y;
    const dz = (positions[3 * vertex + 2] as number) - z;
    const squared = dx * dx + dy * dy + dz * dz;
    if (squared < bestSquared) [best, bestSquared] = [vertex, squared];
  }
  if (best < 0) return null;
  return [positions[3 * best] as number, positions[3 * best + 1] as number, positions[3 * best + 2] as number];
}

/** What the mesh's vertices are coloured by. */
export type MeshColors = "scan" | "instances";

/** Of meshes without colours, and of vertices that belong to no object. */
const PLAIN = 168;

/** Colours by vertex, sRGB. */
export function meshColors({ objects, colors }: RoomMesh, mode: MeshColors): Uint8Array {
  if (mode === "scan") return colors ?? new Uint8Array(3 * objects.length).fill(PLAIN);
  const painted = new Uint8Array(3 * objects.length).fill(PLAIN);
  for (let vertex = 0; vertex < objects.length; vertex += 1) {
    const id = objects[vertex] as number;
    if (id < 0) continue;
    const rgb = instanceColor(id);
    painted.set(rgb, 3 * vertex);
  }
  return painted;
}

const INSTANCE_COLORS = new Map<number, readonly [number, number, number]>();

/**
 * A colour of its own for every id: hues turn by the golden angle, so that ids that follow each other, as those of one
 * annotator's neighbouring objects do, are far apart.
 */
export function instanceColor(id: number): readonly [number, number, number] {
  const known = INSTANCE_COLORS.get(id);
  if (known !== undefined) return known;
  const hue = (id * 137.508) % 360;
  const lightness = 0.55 + 0.12 * ((id % 3) - 1);
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    const chroma = 0.6 * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  const color = [channel(0), channel(8), channel(4)] as const;
  INSTANCE_COLORS.set(id, color);
  return color;
}
