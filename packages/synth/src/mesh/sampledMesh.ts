/** A triangle mesh whose vertices know their segment and object. All per-vertex arrays are in file order. */
export interface SampledMesh {
  vertexCount: number;
  /** x, y, z of each vertex; metres, axis-aligned frame, +Z up. */
  positions: Float64Array;
  /** Red, green, blue of each vertex. */
  colors: Uint8Array;
  /** Three vertices a triangle, counter-clockwise seen from the front. */
  triangles: Int32Array;
  /** Position in the list of objects, for each vertex. */
  objectOfVertex: Int32Array;
  /** The segment's id, for each vertex: the index of one of the segment's vertices, as in ScanNet's over-segmentation. */
  segmentOfVertex: Int32Array;
  /** The segments of each object, by the object's position in the list. */
  segmentsOfObject: number[][];
}
