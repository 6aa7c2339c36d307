import type { RoomMesh } from "../mesh/roomMesh.ts";

/** Where the light falls from, a unit vector: three different parts, so that faces along different axes differ and edges show. */
const light = [0.36, 0.48, 0.8] as const;

/** A face along the light keeps this part of its colour, and gets all of it across. */
const ambient = 0.5;

/** Red, green, blue of each face: the mean colour of its object's vertices (of all surface without an object), darker the less it faces the light. */
export function shadeFaces({ positions, triangles, colors, objectOfVertex }: RoomMesh): Uint8Array {
  const means = meanColors(colors, objectOfVertex);
  const shaded = new Uint8Array(triangles.length);
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [3 * triangles[i], 3 * triangles[i + 1], 3 * triangles[i + 2]];
    const [ux, uy, uz] = [0, 1, 2].map((axis) => positions[b + axis] - positions[a + axis]);
    const [vx, vy, vz] = [0, 1, 2].map((axis) => positions[c + axis] - positions[a + axis]);
    const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    const facing = Math.abs(normal[0] * light[0] + normal[1] * light[1] + normal[2] * light[2]);
    const shade = ambient + (1 - ambient) * (facing / (Math.hypot(...normal) || 1));
    const color = means.get(objectOfVertex[triangles[i]])!;
    for (let channel = 0; channel < 3; channel++) shaded[i + channel] = Math.round(shade * color[channel]);
  }
  return shaded;
}

/** The mean red, green and blue of each object's vertices. */
function meanColors(colors: Uint8Array, objectOfVertex: Int32Array): Map<number, number[]> {
  const sums = new Map<number, number[]>();
  objectOfVertex.forEach((object, vertex) => {
    const sum = sums.get(object) ?? [0, 0, 0, 0];
    sums.set(object, sum);
    for (let channel = 0; channel < 3; channel++) sum[channel] += colors[3 * vertex + channel];
    sum[3]++;
  });
  return new Map(
    [...sums].map(([object, [red, green, blue, count]]) => [object, [red / count, green / count, blue / count]]),
  );
}
