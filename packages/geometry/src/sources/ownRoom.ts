import { describeValue, isRecord } from "@vsi/dataset/internal";
import { GeometryError } from "../errors.ts";
import { nyu40Name } from "./nyu40.ts";
import type { Aggregation } from "./scannet/aggregation.ts";
import { isSafeLabel, SAFE_LABEL_RULE } from "./scannet/labels.ts";

/** What a table beside a mesh says of its instances. */
export interface InstanceTable {
  /** The label of each instance. */
  labelOf: Map<number, string>;
  /** The instance of each vertex; null where the table says it of none. */
  instanceOf: Map<number, number> | null;
}

/** The names under which meshes keep the instance of each vertex. */
export const INSTANCE_PROPERTIES = ["instance", "instance_id", "instanceId", "objectId", "object_id"] as const;

/** ScanNet's name of the number of a vertex's class, in `<scanId>_vh_clean_2.labels.ply`. */
export const LABEL_PROPERTY = "label";

/** What is known of a room's instances, from its mesh and the table beside it. */
interface RoomInstances {
  sceneName: string;
  vertexCount: number;
  /** The mesh's vertex properties of INSTANCE_PROPERTIES and LABEL_PROPERTY that are there. */
  properties: ReadonlyMap<string, Float64Array>;
  /** Null where there is no table. */
  table: InstanceTable | null;
  /** The names of the files that properties and table come from, for errors. */
  files: { mesh: string; table: string };
}

/**
 * The instance of each vertex of a room of one's own, as segments, and the objects that they are.
 *
 * The table's own list of vertices takes precedence, then the mesh's instance property. Labels come from the table, or
 * from the mesh's `label` as numbers of NYU's 40 classes: each instance has that of most of its vertices. A mesh with
 * `label` alone, as ScanNet's `.labels.ply`, tells classes apart and not instances; with a table that names its numbers
 * it is taken as the instance. What has no label, and instances below 0, belong to nothing.
 *
 * @throws GeometryError "own-room-no-instances", "own-room-no-labels" or "own-room-bad-instance".
 */
export function roomInstances(room: RoomInstances): { segmentIds: Int32Array; aggregation: Aggregation } {
  const segmentIds = instanceOfVertices(room);
  const labelOf = room.table?.labelOf ?? labelsOfMesh(segmentIds, room);
  const present = new Set(segmentIds);
  const labelled = [...labelOf].filter(([instance]) => present.has(instance));
  const unlabelled = [...present].filter((instance) => instance > 0 && !labelOf.has(instance)).sort((a, b) => a - b);
  const missing = [...labelOf.keys()].filter((instance) => !present.has(instance)).sort((a, b) => a - b);
  if (labelled.length === 0) {
    throw ownRoomError("own-room-no-labels", room.files.table, {
      got: `labels of ${labelOf.size} instances, none of which a vertex belongs to`,
      expected: "labels of the mesh's own instances",
    });
  }
  const warn = (instances: readonly number[], what: string): string[] =>
    instances.length === 0
      ? []
      : [`${room.files.table}: ${instances.length} ${what}, such as ${instances[0]}: left out.`];
  return {
    segmentIds,
    aggregation: {
      sceneName: room.sceneName,
      objects: labelled.sort(([a], [b]) => a - b).map(([id, label]) => ({ id, label, segments: [id] })),
      warnings: [
        ...warn(unlabelled, "of the mesh's instances have no label"),
        ...warn(missing, "of the labelled instances have no vertices"),
      ],
    },
  };
}

/** How the table may be called. */
const tableNames = (sceneName: string): string => `a table instances.csv, ${sceneName}.instances.csv (.tsv, .json)`;

function instanceOfVertices({ sceneName, vertexCount, properties, table, files }: RoomInstances): Int32Array {
  const instances = new Int32Array(vertexCount).fill(-1);
  if (table !== null && table.instanceOf !== null) {
    for (const [vertex, instance] of table.instanceOf) {
      if (vertex >= vertexCount) {
        throw ownRoomError("own-room-bad-instance", files.table, {
          place: `vertex ${vertex}`,
          got: `an instance of vertex ${vertex}`,
          expected: `vertices from 0 to ${vertexCount - 1}, those of ${files.mesh}`,
        });
      }
      instances[vertex] = instance;
    }
    return instances;
  }
  const name = [...INSTANCE_PROPERTIES, ...(table === null ? [] : [LABEL_PROPERTY])].find((one) => properties.has(one));
  const found = name === undefined ? undefined : properties.get(name);
  if (found === undefined) {
    throw ownRoomError("own-room-no-instances", files.mesh, {
      place: "header, element vertex",
      got: properties.has(LABEL_PROPERTY)
        ? "a label for each vertex, which tells classes apart and not one chair from the other"
        : "no instance for a vertex",
      expected: `a vertex property ${INSTANCE_PROPERTIES.join(", ")}, or a column vertex in ${tableNames(sceneName)} beside the mesh`,
    });
  }
  for (const [vertex, instance] of found.entries()) {
    if (!isInstance(instance)) {
      throw ownRoomError("own-room-bad-instance", files.mesh, {
        place: `vertex ${vertex}, ${name}`,
        got: String(instance),
        expected: INSTANCE_RULE,
      });
    }
    instances[vertex] = instance;
  }
  return instances;
}

/** 2^31 - 1: instances are kept in 32-bit integers. */
const LARGEST_INSTANCE = 0x7fffffff;
const INSTANCE_RULE = `a whole number up to ${LARGEST_INSTANCE}`;

function isInstance(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= LARGEST_INSTANCE;
}

/** Of the mesh's classes, that of most of an instance's vertices; of two the lower number. */
function labelsOfMesh(instances: Int32Array, { sceneName, properties, files }: RoomInstances): Map<number, string> {
  const classes = properties.get(LABEL_PROPERTY);
  if (classes === undefined) {
    throw ownRoomError("own-room-no-labels", files.mesh, {
      place: "header, element vertex",
      got: "instances without labels",
      expected: `a vertex property ${LABEL_PROPERTY} (NYU's 40 classes), or ${tableNames(sceneName)} beside the mesh`,
    });
  }
  const votes = new Map<number, Map<number, number>>();
  for (const [vertex, instance] of instances.entries()) {
    const ofInstance = votes.get(instance) ?? new Map<number, number>();
    votes.set(instance, ofInstance);
    const id = classes[vertex] as number;
    ofInstance.set(id, (ofInstance.get(id) ?? 0) + 1);
  }
  const labels = new Map<number, string>();
  for (const [instance, ofInstance] of votes) {
    if (instance < 0) continue;
    const [most] = [...ofInstance].sort(([a, votesOfA], [b, votesOfB]) => votesOfB - votesOfA || a - b);
    const id = most?.[0] ?? 0;
    // 0: ScanNet's number of what nobody annotated.
    if (id === 0) continue;
    const name = nyu40Name(id);
    if (name === null) {
      throw ownRoomError("own-room-no-labels", files.mesh, {
        place: `instance ${instance}, ${LABEL_PROPERTY}`,
        got: String(id),
        expected: "a number of NYU's 40 classes, 1 to 40, or a table of labels beside the mesh",
      });
    }
    labels.set(instance, name);
  }
  return labels;
}

/**
 * Reads a table of instances: CSV or TSV with a header row, `instance` and `label`, and `vertex` where the mesh itself
 * does not say which vertex is whose; or JSON, `{"labels": {"1": "chair"}, "instances": [1, 1, 0]}`, the list by vertex
 * and only where the mesh does not say it.
 *
 * @param file its name for errors; the ending tells the form.
 * @throws GeometryError "own-room-bad-table", with the line or the field.
 */
export function readInstanceTable(bytes: Uint8Array, file: string): InstanceTable {
  const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/, "");
  const fail: TableFail = (place, got, expected) =>
    ownRoomError("own-room-bad-table", file, { place, got: describeValue(got), expected });
  if (/\.json$/i.test(file)) return tableOfJson(text, fail);
  return tableOfRows(text, /\.tsv$/i.test(file) ? "\t" : ",", fail);
}

type TableFail = (place: string, got: unknown, expected: string) => GeometryError;

function tableOfJson(text: string, fail: TableFail): InstanceTable {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw fail("top level", "text that is not JSON", "an object with labels");
  }
  if (!isRecord(json) || !isRecord(json.labels))
    throw fail("labels", isRecord(json) ? json.labels : json, "labels by instance");
  const labelOf = new Map<number, string>();
  for (const [key, label] of Object.entries(json.labels)) {
    addLabel(labelOf, numberOf(key, "labels", fail), label, `labels[${JSON.stringify(key)}]`, fail);
  }
  if (json.instances === undefined) return { labelOf, instanceOf: null };
  if (!Array.isArray(json.instances))
    throw fail("instances", json.instances, "a list with the instance of each vertex");
  const instanceOf = new Map<number, number>();
  for (const [vertex, instance] of json.instances.entries() as ArrayIterator<[number, unknown]>) {
    if (!isInstance(instance)) throw fail(`instances[${vertex}]`, instance, INSTANCE_RULE);
    instanceOf.set(vertex, instance);
  }
  return { labelOf, instanceOf };
}

function tableOfRows(text: string, delimiter: "," | "\t", fail: TableFail): InstanceTable {
  const [head = "", ...lines] = text.split(/\r?\n/);
  const names = cellsOf(head, delimiter).map((name) => name.toLowerCase());
  const [instanceColumn, labelColumn, vertexColumn] = ["instance", "label", "vertex"].map((name) =>
    names.indexOf(name),
  ) as [number, number, number];
  if (instanceColumn < 0 || labelColumn < 0) {
    throw fail(
      "line 1",
      head.slice(0, 80),
      `the columns instance and label, separated by ${delimiter === "," ? "commas" : "tabs"}`,
    );
  }
  const labelOf = new Map<number, string>();
  const instanceOf = new Map<number, number>();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const place = `line ${index + 2}`;
    const cells = cellsOf(line, delimiter);
    const instance = numberOf(cells[instanceColumn], `${place}, instance`, fail);
    const label = cells[labelColumn] ?? "";
    // One row of an instance's vertices is enough to name it; those below 0 belong to nothing.
    if (instance >= 0 && !(label === "" && vertexColumn >= 0))
      addLabel(labelOf, instance, label, `${place}, label`, fail);
    if (vertexColumn < 0) continue;
    const vertex = numberOf(cells[vertexColumn], `${place}, vertex`, fail);
    if (vertex < 0 || instanceOf.has(vertex))
      throw fail(`${place}, vertex`, vertex, "each vertex once, counted from 0");
    instanceOf.set(vertex, instance);
  }
  return { labelOf, instanceOf: vertexColumn < 0 ? null : instanceOf };
}

/** A row's cells; one in double quotes may hold the delimiter, as in RFC 4180. */
function cellsOf(line: string, delimiter: "," | "\t"): string[] {
  if (delimiter === "\t") return line.split("\t").map((cell) => cell.trim());
  const cells = line.match(/(?:^|,)(?:\s*"(?:[^"]|"")*"\s*|[^,]*)/g) ?? [];
  return cells.map((cell) => {
    const text = cell.replace(/^,/, "").trim();
    return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
  });
}

function numberOf(text: string | undefined, place: string, fail: TableFail): number {
  const number = /^-?\d{1,10}$/.test(text ?? "") ? Number(text) : Number.NaN;
  if (!isInstance(number)) throw fail(place, text, INSTANCE_RULE);
  return number;
}

function addLabel(labels: Map<number, string>, instance: number, label: unknown, place: string, fail: TableFail): void {
  if (typeof label !== "string" || !isSafeLabel(label) || label !== label.trim()) {
    throw fail(place, label, `${SAFE_LABEL_RULE}, without leading or trailing spaces`);
  }
  const other = labels.get(instance);
  if (other !== undefined && other !== label) {
    throw fail(place, label, `${JSON.stringify(other)}, as instance ${instance} was called before`);
  }
  labels.set(instance, label);
}

function ownRoomError(
  code: string,
  file: string,
  { place = "file", got, expected }: { place?: string; got: string; expected: string },
): GeometryError {
  return new GeometryError(code, {
    file,
    place,
    got,
    expected,
    advice:
      "vsi-build's README has the forms of rooms of your own: a mesh with instances, and a table that names them.",
  });
}
