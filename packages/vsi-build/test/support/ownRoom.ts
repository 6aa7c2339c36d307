import { parsePlyPositions, readAggregation, readFaces, readSegments } from "@vsi/geometry";

/** How a room of one's own keeps its mesh. */
export type MeshFormat = "ascii" | "binary_little_endian" | "binary_big_endian";

export interface OwnMesh {
  ply: Uint8Array;
  /** The instance of each vertex, -1 for none. */
  instances: number[];
  labels: { id: number; label: string }[];
}

/**
 * A sample room's mesh as others save theirs: with a vertex property `objectId`, and no segments beside it.
 *
 * @param files of makeRoom, by their endings.
 */
export async function ownMesh(
  files: { mesh: Uint8Array; segments: Uint8Array; aggregation: Uint8Array },
  format: MeshFormat = "binary_little_endian",
): Promise<OwnMesh> {
  const positions = await parsePlyPositions(files.mesh);
  const faces = readFaces(files.mesh);
  const { objects } = readAggregation(files.aggregation);
  const ofSegment = new Map(objects.flatMap(({ id, segments }) => segments.map((segment) => [segment, id])));
  const instances = Array.from(readSegments(files.segments), (segment) => ofSegment.get(segment) ?? -1);
  const head = [
    ...["ply", `format ${format} 1.0`, `element vertex ${instances.length}`],
    ...["float x", "float y", "float z", "int objectId"].map((property) => `property ${property}`),
    ...[`element face ${faces.length / 3}`, "property list uchar int vertex_indices", "end_header", ""],
  ].join("\n");
  return {
    ply: Buffer.concat([Buffer.from(head), bodyOf(positions, instances, faces, format)]),
    instances,
    labels: objects.map(({ id, label }) => ({ id, label })),
  };
}

function bodyOf(positions: Float32Array, instances: number[], faces: Int32Array, format: MeshFormat): Buffer {
  if (format === "ascii") {
    const vertices = instances.map((id, vertex) => `${positions.subarray(vertex * 3, vertex * 3 + 3).join(" ")} ${id}`);
    const triangles = Array.from(
      { length: faces.length / 3 },
      (_, face) => `3 ${faces.subarray(face * 3, face * 3 + 3).join(" ")}`,
    );
    return Buffer.from(`${[...vertices, ...triangles].join("\n")}\n`);
  }
  const isLittle = format === "binary_little_endian";
  const bytes = Buffer.alloc(instances.length * 16 + (faces.length / 3) * 13);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const [vertex, id] of instances.entries()) {
    for (const axis of [0, 1, 2]) view.setFloat32(vertex * 16 + axis * 4, positions[vertex * 3 + axis]!, isLittle);
    view.setInt32(vertex * 16 + 12, id, isLittle);
  }
  for (let face = 0; face < faces.length / 3; face += 1) {
    const start = instances.length * 16 + face * 13;
    view.setUint8(start, 3);
    for (const corner of [0, 1, 2]) view.setInt32(start + 1 + corner * 4, faces[face * 3 + corner]!, isLittle);
  }
  return bytes;
}

/** The table that names a mesh's instances. */
export function instanceTable({ labels }: OwnMesh): string {
  return `instance,label\n${labels.map(({ id, label }) => `${id},"${label}"\n`).join("")}`;
}
