/** The mesh of a scan before it is written: float64 and in the axis-aligned frame (metres, +Z up), vertices and faces in file order. */
export interface RoomMesh {
  /** x, y, z of each vertex. */
  positions: Float64Array;
  /** Three vertices a face, counter-clockwise seen from the front. */
  triangles: Int32Array;
  /** Red, green, blue of each vertex. */
  colors: Uint8Array;
  /** ScanNet's objectId of each vertex; -1 on surface that no annotator has marked. The corners of a face share one. */
  objectOfVertex: Int32Array;
}
