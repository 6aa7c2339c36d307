import { checkArguments, fields, isNumbers, listOf, WHOLE } from "@vsi/dataset/internal";
import { INT32S } from "../vertices.ts";

const LISTED = listOf(
  fields({ id: WHOLE, vertices: { words: "indices", fits: isNumbers } }),
  "a list of objects with id and vertices",
);

/**
 * The object of each face: the one that at least two of its corners belong to. A face between three, or with two
 * corners on no object, belongs to none; it still hides what is behind it.
 *
 * @param faces three vertices a face.
 * @param vertexObjects an object id a vertex, -1 for none.
 * @returns an object id a face, -1 for none.
 *
 * @example
 * ```js
 * import { labelFaces } from "@vsi/geometry";
 *
 * const faces = Int32Array.of(0, 1, 2, 1, 2, 3);
 * console.log(labelFaces(faces, Int32Array.of(3, 3, 3, 8)).join(" ")); // 3 3
 * ```
 */
export function labelFaces(faces: Int32Array, vertexObjects: Int32Array): Int32Array {
  checkArguments("labelFaces", { faces: [faces, INT32S], vertexObjects: [vertexObjects, INT32S] });
  const faceObjects = new Int32Array(faces.length / 3);
  for (let face = 0; face < faceObjects.length; face += 1) {
    const a = vertexObjects[faces[3 * face]];
    const b = vertexObjects[faces[3 * face + 1]];
    const c = vertexObjects[faces[3 * face + 2]];
    if (a === b || a === c) faceObjects[face] = a;
    else faceObjects[face] = b === c ? b : -1;
  }
  return faceObjects;
}

/** The vertices of one object. */
export interface ObjectVertices {
  /** The object's id, 0 or above. */
  id: number;
  /** Indices of its vertices, as `groupInstances` finds them. */
  vertices: ArrayLike<number>;
}

/**
 * The object of each vertex. A vertex that several objects claim goes to the first of them, so that the scan whose
 * aggregation lists every object twice (scene0217_00) keeps its first list.
 *
 * @returns an object id a vertex, -1 for none.
 *
 * @example
 * ```js
 * import { labelVertices } from "@vsi/geometry";
 *
 * const objects = [{ id: 3, vertices: [0, 1] }, { id: 8, vertices: [1, 3] }];
 * console.log(labelVertices(4, objects).join(" ")); // 3 3 -1 8
 * ```
 */
export function labelVertices(vertexCount: number, objects: readonly ObjectVertices[]): Int32Array {
  checkArguments("labelVertices", { vertexCount: [vertexCount, WHOLE], objects: [objects, LISTED] });
  const vertexObjects = new Int32Array(vertexCount).fill(-1);
  for (const { id, vertices } of objects) {
    for (let index = 0; index < vertices.length; index += 1) {
      if (vertexObjects[vertices[index]] === -1) vertexObjects[vertices[index]] = id;
    }
  }
  return vertexObjects;
}
