import { GeometryError } from "../errors.ts";
import { LINE_FEED, type PlyElement, type PlyHeader } from "./header.ts";
import { checkFinite, findVertexElement } from "./vertices.ts";

/**
 * Reads the vertex positions of an ASCII or big-endian PLY, or of one with lists before the end of its vertex element,
 * with
 * @loaders.gl/ply, which is imported by the first call.
 *
 * The parser gets a header of our own making, up to the vertex element only: as given, it loses count with CRLF or
 * non-ASCII headers and with empty elements, lets property names overwrite its own fields, and follows a list's length
 * without looking at the file's.
 *
 * @param bytes The whole file; `header` is its header, with counts checked by `checkPlySize`.
 * @returns x, y, z of every vertex in the file's order and units.
 * @throws GeometryError "ply-truncated", "ply-not-finite", "ply-bad-header" or "ply-unreadable".
 */
export async function readUnusualPly(bytes: Uint8Array, header: PlyHeader, file: string): Promise<Float32Array> {
  const vertex = findVertexElement(header, file);
  const isText = header.format === "ascii";
  if (isText && vertex.properties.some((property) => property.countType !== null)) {
    throw new GeometryError("ply-bad-header", {
      file,
      place: "header, element vertex",
      got: "a list property in an ASCII file",
      expected: "single numbers in element vertex",
      advice: "Save the mesh as binary little endian.",
    });
  }
  const canonical = isText ? canonicalText(bytes, header, vertex, file) : canonicalBinary(bytes, header, vertex);
  if (new TextDecoder("latin1").decode(bytes.subarray(header.byteLength)).includes("end_header")) {
    throw unreadable(file, "a second end_header, which the parser would mistake for the first");
  }
  const { PLYLoader } = await import("@loaders.gl/ply");
  let positions: ArrayLike<number> | undefined;
  try {
    positions = PLYLoader.parseSync(canonical, {}).attributes.POSITION?.value;
  } catch (error) {
    if (error instanceof RangeError) throw truncated(file, vertex, "the end of the file");
    throw unreadable(file, String(error));
  }
  if (!(positions instanceof Float32Array) || positions.length !== vertex.count * 3) {
    throw unreadable(file, `${(positions?.length ?? 0) / 3} vertices of ${vertex.count}`);
  }
  checkFinite(positions, file);
  return positions;
}

function canonicalBinary(bytes: Uint8Array, header: PlyHeader, vertex: PlyElement): ArrayBuffer {
  const upToVertex = header.elements.slice(0, header.elements.indexOf(vertex) + 1);
  return joinBytes(canonicalHeader(header, upToVertex), bytes.subarray(header.byteLength));
}

/** In ASCII each record is one line, so that the other elements can be left out. */
function canonicalText(bytes: Uint8Array, header: PlyHeader, vertex: PlyElement, file: string): ArrayBuffer {
  let vertexLines = bytes.subarray(0, 0);
  let start = header.byteLength;
  for (const element of header.elements) {
    let end = start;
    for (let line = 0; line < element.count; line += 1) {
      if (end >= bytes.length) throw truncated(file, element, `${line} lines`);
      const next = bytes.indexOf(LINE_FEED, end);
      end = next < 0 ? bytes.length : next + 1;
    }
    if (element === vertex) vertexLines = bytes.subarray(start, end);
    start = end;
  }
  return joinBytes(canonicalHeader(header, [vertex]), vertexLines);
}

function canonicalHeader(header: PlyHeader, elements: PlyElement[]): Uint8Array {
  const lines = ["ply", `format ${header.format} 1.0`];
  for (const element of elements) {
    if (element.count === 0) continue;
    const isVertex = element.name === "vertex";
    lines.push(`element ${isVertex ? "vertex" : "skipped"} ${element.count}`);
    for (const [index, { name, type, countType }] of element.properties.entries()) {
      const safeName = isVertex && ["x", "y", "z"].includes(name) ? name : `skipped${index}`;
      lines.push(`property ${countType === null ? "" : `list ${countType} `}${type} ${safeName}`);
    }
  }
  return new TextEncoder().encode(`${lines.join("\n")}\nend_header\n`);
}

function joinBytes(head: Uint8Array, body: Uint8Array): ArrayBuffer {
  const joined = new Uint8Array(head.length + body.length);
  joined.set(head);
  joined.set(body, head.length);
  return joined.buffer;
}

function truncated(file: string, element: PlyElement, got: string): GeometryError {
  return new GeometryError("ply-truncated", {
    file,
    place: `element ${element.name}`,
    got,
    expected: `${element.count} of ${element.name}`,
    advice: "The file is truncated; download it again.",
  });
}

function unreadable(file: string, got: string): GeometryError {
  return new GeometryError("ply-unreadable", {
    file,
    place: "element vertex",
    got,
    expected: "as many vertices as the header says",
    advice: "Download the mesh again, or save it as binary little endian.",
  });
}
