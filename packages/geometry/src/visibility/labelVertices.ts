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
 */
export function labelVertices(vertexCount: number, objects: Iterable<ObjectVertices>): Int32Array {
  const vertexObjects = new Int32Array(vertexCount).fill(-1);
  for (const { id, vertices } of objects) {
    for (let index = 0; index < vertices.length; index++) {
      if (vertexObjects[vertices[index]] === -1) vertexObjects[vertices[index]] = id;
    }
  }
  return vertexObjects;
}
