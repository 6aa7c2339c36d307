import { AGGREGATION, editJson, MESH, SCAN_INFO, SEGMENTS } from "./makeRawFolder.ts";

/** One way in which a scan can be broken, and what must be said of it. */
export interface BrokenScan {
  name: string;
  /** The file that is broken, which the error names. */
  ending: string;
  /** What becomes of its bytes; null removes it. */
  change: ((bytes: Buffer) => Uint8Array | string) | null;
  code: string;
  place: RegExp;
  got: RegExp;
}

interface AggregationFile {
  sceneId: string;
  segGroups: { objectId: unknown; label: string; segments: number[] }[];
}

const aggregation = (edit: (file: AggregationFile) => void) => editJson<AggregationFile>(edit);
const label = (text: string) =>
  aggregation((file) => {
    file.segGroups[1]!.label = text;
  });
const cutAt = (share: number) => (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * share));
const headerLength = (bytes: Buffer) => bytes.indexOf("end_header\n") + "end_header\n".length;

/** Writes a float into the third coordinate of vertex 7 (16 bytes a vertex). */
const coordinate = (value: number) => (bytes: Buffer) => {
  bytes.writeFloatLE(value, headerLength(bytes) + 7 * 16 + 8);
  return bytes;
};

const alignment = (change: (words: string[]) => string[]) => (bytes: Buffer) =>
  bytes
    .toString("utf8")
    .replace(
      /axisAlignment = (.*?) *$/m,
      (_, matrix: string) => `axisAlignment = ${change(matrix.split(" ")).join(" ")} `,
    );
const FIVE_MEGABYTES = 5_000_000;

/** The list of bad input, one scan each. */
export const BROKEN_SCANS: readonly BrokenScan[] = [
  { name: "no mesh", ending: MESH, change: null, code: "mesh-missing", place: /^file$/, got: /^no such file$/ },
  {
    name: "no segments",
    ending: SEGMENTS,
    change: null,
    code: "segments-missing",
    place: /^file$/,
    got: /^no such file$/,
  },
  {
    name: "no aggregation",
    ending: AGGREGATION,
    change: null,
    code: "aggregation-missing",
    place: /^file$/,
    got: /^no such file$/,
  },
  {
    name: "a label that climbs out of the folder",
    ending: AGGREGATION,
    change: label("../../escape"),
    code: "aggregation-unsafe-label",
    place: /^segGroups\[1\]\.label$/,
    got: /^"\.\.\/\.\.\/escape"$/,
  },
  {
    name: "a label that is a Windows path",
    ending: AGGREGATION,
    change: label("C:\\x"),
    code: "aggregation-unsafe-label",
    place: /^segGroups\[1\]\.label$/,
    got: /^"C:\\\\x"$/,
  },
  {
    name: "a label with a NUL",
    ending: AGGREGATION,
    change: label("chair\0"),
    code: "aggregation-unsafe-label",
    place: /^segGroups\[1\]\.label$/,
    got: /^"chair\\u0000"$/,
  },
  {
    name: "an object id that is a path",
    ending: AGGREGATION,
    change: aggregation((file) => {
      file.segGroups[0]!.objectId = "../../escape";
    }),
    code: "aggregation-bad-shape",
    place: /^segGroups\[0\]\.objectId$/,
    got: /^"\.\.\/\.\.\/escape"$/,
  },
  {
    name: "a scene id that is a path",
    ending: AGGREGATION,
    change: aggregation((file) => {
      file.sceneId = "../../scene9000_00";
    }),
    code: "aggregation-unsafe-label",
    place: /^sceneId$/,
    got: /^"\.\.\/\.\.\/scene9000_00"$/,
  },
  {
    name: "the aggregation of another scan",
    ending: AGGREGATION,
    change: aggregation((file) => {
      file.sceneId = "scannet.scene0000_00";
    }),
    code: "aggregation-wrong-scene",
    place: /^sceneId$/,
    got: /^"scannet\.scene0000_00"$/,
  },
  {
    name: "a mesh that is cut in its vertices",
    ending: MESH,
    change: (bytes) => bytes.subarray(0, headerLength(bytes) + 1000),
    code: "ply-truncated",
    place: /^element vertex$/,
    got: /^\d+ bytes$/,
  },
  {
    name: "a mesh that is cut in its faces",
    ending: MESH,
    change: (bytes) => bytes.subarray(0, bytes.length - 5),
    code: "ply-truncated",
    place: /^element face$/,
    got: /^\d+ bytes$/,
  },
  {
    name: "a mesh that ends in its header",
    ending: MESH,
    change: (bytes) => bytes.subarray(0, headerLength(bytes) - 4),
    code: "ply-header-without-end",
    place: /^header line 14$/,
    got: /^no end_header in the first \d+ bytes$/,
  },
  {
    name: "a mesh header that never ends",
    ending: MESH,
    change: () => `ply\n${"a".repeat(FIVE_MEGABYTES)}`,
    code: "ply-header-without-end",
    place: /^header line 2$/,
    got: /^no end_header in the first 65536 bytes$/,
  },
  {
    name: "a mesh of 0 bytes",
    ending: MESH,
    change: () => "",
    code: "file-empty",
    place: /^byte 0$/,
    got: /^an empty file$/,
  },
  {
    name: "a mesh of five million letters",
    ending: MESH,
    change: () => "a".repeat(FIVE_MEGABYTES),
    code: "ply-no-header",
    place: /^byte 0$/,
    got: /^"aaaaaaaa"$/,
  },
  {
    name: "one segment id too few",
    ending: SEGMENTS,
    change: editJson<{ segIndices: number[] }>((file) => file.segIndices.pop()),
    code: "segs-count-mismatch",
    place: /^segIndices$/,
    got: /^\d+ segment ids$/,
  },
  {
    name: "a segment that does not exist",
    ending: AGGREGATION,
    change: aggregation((file) => file.segGroups[2]!.segments.unshift(7_654_321)),
    code: "segment-missing",
    place: /^segGroups\[2\]\.segments\[0\]$/,
    got: /^segment 7654321 of object \d+ \(".+"\), which has no vertices$/,
  },
  {
    name: "an object without segments",
    ending: AGGREGATION,
    change: aggregation((file) => {
      file.segGroups[0]!.segments = [];
    }),
    code: "object-without-vertices",
    place: /^segGroups\[0\]\.segments$/,
    got: /^an empty list for object \d+/,
  },
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value) => ({
    name: `a coordinate that is ${value}`,
    ending: MESH,
    change: coordinate(value),
    code: "ply-not-finite",
    place: /vertex 7/,
    got: new RegExp(String(value)),
  })),
  {
    name: "an alignment of 15 numbers",
    ending: SCAN_INFO,
    change: alignment((words) => words.slice(0, 15)),
    code: "scan-info-bad-alignment",
    place: /^line 1, axisAlignment$/,
    got: /^15 numbers$/,
  },
  {
    name: "an alignment with NaN",
    ending: SCAN_INFO,
    change: alignment((words) => words.with(3, "NaN")),
    code: "scan-info-bad-alignment",
    place: /^line 1, axisAlignment$/,
    got: /^"NaN" as number 4$/,
  },
  {
    name: "segments that are no JSON",
    ending: SEGMENTS,
    change: () => "<html>404 Not Found</html>",
    code: "segs-not-json",
    place: /^file$/,
    got: /SyntaxError/,
  },
  {
    name: "segments that end early",
    ending: SEGMENTS,
    change: cutAt(0.5),
    code: "segs-json-incomplete",
    place: /^segIndices\[\d+\], byte \d+$/,
    got: /^the end of the file$/,
  },
  {
    name: "an aggregation that is no JSON",
    ending: AGGREGATION,
    change: () => "<html>404 Not Found</html>",
    code: "aggregation-not-json",
    place: /^file$/,
    got: /SyntaxError/,
  },
  {
    name: "an aggregation that ends early",
    ending: AGGREGATION,
    change: cutAt(0.5),
    code: "aggregation-not-json",
    place: /^file$/,
    got: /SyntaxError/,
  },
];
