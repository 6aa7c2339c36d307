import type { LoaderContext, LoaderWithParser } from "@loaders.gl/core";
import type { PLYLoader, PLYLoaderOptions } from "@loaders.gl/ply";
import { axisAlignedBox } from "../vertices.ts";
import { readUnusualPly } from "./generalReader.ts";
import { PLY_FILE_DEFAULTS, type PlyHeader, parsePlyHeader } from "./header.ts";
import { readUsualPositions, refuseUnusualPly } from "./positions.ts";

/** The mesh value that @loaders.gl/ply's PLYLoader returns. */
export interface PlyVertexMesh extends ReturnType<typeof PLYLoader.parseSync> {}

/**
 * Reads a PLY's vertex positions as a loader for @loaders.gl/core: `await parse(bytes, PlyVertexLoader)` or
 * `await load(url, PlyVertexLoader)`, with PLYLoader's options and the shape of its result, tens of times faster.
 * The result is a point list with POSITION alone (x, y, z in the file's order and units): faces, colours and other
 * properties are not read.
 *
 * Errors are GeometryErrors, the codes those of `parsePlyPositions`. `parseSync` reads what `readVertexPositions`
 * reads.
 */
export const PlyVertexLoader = {
  dataType: null as unknown as PlyVertexMesh,
  batchType: null as never,
  name: "PLY vertices",
  id: "ply",
  module: "ply",
  version: "0.2.0",
  worker: false,
  extensions: ["ply"],
  mimeTypes: ["text/plain", "application/octet-stream"],
  text: true,
  binary: true,
  tests: ["ply"],
  options: { ply: {} },
  /** Reads the bytes of any PLY. */
  parse: async (arrayBuffer: ArrayBuffer, options?: PLYLoaderOptions, context?: LoaderContext) =>
    parseMesh(new Uint8Array(arrayBuffer), options, context),
  /** Reads the text of an ASCII PLY. */
  parseText: async (text: string, options?: PLYLoaderOptions, context?: LoaderContext) =>
    parseMesh(new TextEncoder().encode(text), options, context),
  /** Reads a binary little-endian PLY at once; any other throws "ply-unusual". */
  parseSync: (arrayBuffer: ArrayBuffer, options?: PLYLoaderOptions, context?: LoaderContext): PlyVertexMesh => {
    const bytes = new Uint8Array(arrayBuffer);
    const file = fileOf(context);
    const header = readHeader(bytes, options, file);
    return meshOf(header, readUsualPositions(bytes, header, file) ?? refuseUnusualPly(header, file));
  },
} as const satisfies LoaderWithParser<PlyVertexMesh, never, PLYLoaderOptions>;

async function parseMesh(
  bytes: Uint8Array,
  options: PLYLoaderOptions | undefined,
  context: LoaderContext | undefined,
): Promise<PlyVertexMesh> {
  const file = fileOf(context);
  const header = readHeader(bytes, options, file);
  return meshOf(header, readUsualPositions(bytes, header, file) ?? (await readUnusualPly(bytes, header, file)));
}

function fileOf(context: LoaderContext | undefined): string {
  return context?.url || PLY_FILE_DEFAULTS.file;
}

/** The header with PLYLoader's `propertyNameMapping` (name in the file to standard name) applied. */
function readHeader(bytes: Uint8Array, options: PLYLoaderOptions | undefined, file: string): PlyHeader {
  const header = parsePlyHeader(bytes, { file });
  const mapping = options?.ply?.propertyNameMapping ?? {};
  const rename = (name: string) => (Object.hasOwn(mapping, name) ? mapping[name] : undefined) ?? name;
  const elements = header.elements.map((element) => ({
    ...element,
    properties: element.properties.map((property) => ({ ...property, name: rename(property.name) })),
  }));
  return { ...header, elements };
}

function meshOf(header: PlyHeader, positions: Float32Array): PlyVertexMesh {
  const { comments, format, byteLength } = header;
  const { min, max } = axisAlignedBox(positions);
  const elements = header.elements.map(({ name, count, properties }) => ({
    name,
    count,
    properties: properties.map((property) =>
      property.countType === null
        ? { type: property.type, name: property.name }
        : { type: "list", name: property.name, countType: property.countType, itemType: property.type },
    ),
  }));
  return {
    loader: "ply",
    loaderData: { comments, elements, headerLength: byteLength, format, version: "1.0" },
    header: { vertexCount: positions.length / 3, boundingBox: [min, max] },
    schema: {
      fields: [
        {
          name: "POSITION",
          type: { type: "fixed-size-list", listSize: 3, children: [{ name: "value", type: "float32" }] },
          nullable: false,
          metadata: {},
        },
      ],
      metadata: {
        ply_comments: JSON.stringify(comments),
        ply_elements: JSON.stringify(elements),
        ply_format: format,
        ply_version: "1.0",
        ply_headerLength: String(byteLength),
      },
    },
    attributes: { POSITION: { value: positions, size: 3 } },
    indices: { value: new Uint32Array(0), size: 0 },
    // 0: points, as in WebGL.
    mode: 0,
    topology: "point-list",
  };
}
