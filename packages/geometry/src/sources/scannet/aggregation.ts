import {
  BYTES,
  checkArguments,
  checkOptions,
  countOf,
  describeValue,
  isRecord,
  orNull,
  ownValue,
  TEXT,
} from "@vsi/dataset/internal";
import { GeometryError } from "../../errors.ts";
import { isSafeLabel, SAFE_LABEL_RULE } from "./labels.ts";
import { isSceneOf, scanIdOf } from "./scanInfo.ts";

/** Where an aggregation comes from and which scan it should describe. */
export interface AggregationOptions {
  /** The file as errors name it, POSIX separators. Default: "aggregation". */
  file: string;
  /** The scan's id, which the file's sceneId must match; null, the default: any. */
  sceneName: string | null;
}

/** Used where the caller does not say which file the bytes come from. */
export const AGGREGATION_DEFAULTS: AggregationOptions = { file: "aggregation", sceneName: null };

/** 2^31 - 1: ids are kept in 32-bit integers. */
const MAXIMUM_ID = 0x7fffffff;
const ADVICE = "The file is damaged or not ScanNet's <scanId>.aggregation.json; download it again.";

type Fail = (code: string, place: string, got: unknown, expected: string) => GeometryError;

/**
 * Reads ScanNet's `<scanId>.aggregation.json`. Labels lose surrounding blanks and are otherwise kept as written; keys
 * that this package does not use are ignored. Objects that are listed twice are dropped with a warning.
 *
 * @throws GeometryError "aggregation-not-json", "aggregation-bad-shape" (place such as "segGroups[3].segments[0]"),
 * "aggregation-unsafe-label", "aggregation-wrong-scene" or "aggregation-duplicate-id".
 *
 * @example
 * ```js
 * import { readAggregation } from "@vsi/geometry";
 *
 * const groups = [{ objectId: 0, label: " chair ", segments: [3, 8] }];
 * const json = JSON.stringify({ sceneId: "scannet.scene0000_00", segGroups: groups });
 * const { objects } = readAggregation(new TextEncoder().encode(json));
 * console.log(objects[0].label, objects[0].segments.join(" ")); // chair 3 8
 * ```
 */
export function readAggregation(bytes: Uint8Array, options: Partial<AggregationOptions> = {}): Aggregation {
  checkArguments("readAggregation", { bytes: [bytes, BYTES] });
  checkOptions(options, { file: TEXT, sceneName: orNull(TEXT) }, "readAggregation");
  const { file, sceneName } = { ...AGGREGATION_DEFAULTS, ...options };
  const fail: Fail = (code, place, got, expected) =>
    new GeometryError(code, { file, place, got: describeValue(got), expected, advice: ADVICE });

  const document = parseJson(bytes, file);
  if (!isRecord(document)) throw fail("aggregation-bad-shape", "top level", document, "an object with segGroups");
  const scanId = readSceneId(ownValue(document, "sceneId"), sceneName, fail);
  const groups = ownValue(document, "segGroups");
  if (!Array.isArray(groups)) throw fail("aggregation-bad-shape", "segGroups", groups, "a list of objects");

  const listed = groups.map((group: unknown, index) => readGroup(group, `segGroups[${index}]`, fail));
  const { objects, droppedIds } = removeDoubledObjects(listed);
  checkIdsDiffer(objects, fail);
  const warnings =
    droppedIds.length === 0
      ? []
      : [
          `${file}: ${countOf(droppedIds.length, "object")} listed twice, the first with objectId ${droppedIds[0]}: each is read once.`,
        ];
  return { sceneName: scanId, objects, warnings };
}

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new GeometryError("aggregation-not-json", {
      file,
      place: "file",
      // The parser quotes the text, line ends included.
      got: bytes.length === 0 ? "an empty file" : String(error).replaceAll(/\s+/g, " ").slice(0, 200),
      expected: "one complete JSON object",
      advice: ADVICE,
    });
  }
}

function readSceneId(sceneId: unknown, sceneName: string | null, fail: Fail): string {
  if (typeof sceneId !== "string") {
    throw fail("aggregation-bad-shape", "sceneId", sceneId, 'text such as "scannet.scene0000_00"');
  }
  checkSafe(sceneId, "sceneId", fail);
  const scanId = sceneName !== null && isSceneOf(sceneId, sceneName) ? sceneName : scanIdOf(sceneId);
  if (scanId === null) {
    throw fail("aggregation-bad-shape", "sceneId", sceneId, '"scannet.scene0000_00" or "scene0000_00"');
  }
  if (sceneName !== null && scanId !== sceneName) {
    throw fail("aggregation-wrong-scene", "sceneId", sceneId, `"scannet.${sceneName}"`);
  }
  return scanId;
}

function readGroup(group: unknown, place: string, fail: Fail): AggregatedObject {
  if (!isRecord(group)) {
    throw fail("aggregation-bad-shape", place, group, "an object with objectId, segments and label");
  }
  const id = readId(ownValue(group, "objectId"), `${place}.objectId`, fail);
  const label = ownValue(group, "label");
  if (typeof label !== "string") throw fail("aggregation-bad-shape", `${place}.label`, label, "text");
  const trimmed = label.trim();
  checkSafe(trimmed, `${place}.label`, fail);
  const segments = ownValue(group, "segments");
  if (!Array.isArray(segments)) {
    throw fail("aggregation-bad-shape", `${place}.segments`, segments, "a list of segment ids");
  }
  return {
    id,
    label: trimmed,
    segments: segments.map((segment: unknown, index) => readId(segment, `${place}.segments[${index}]`, fail)),
  };
}

function readId(value: unknown, place: string, fail: Fail): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAXIMUM_ID) return value;
  throw fail("aggregation-bad-shape", place, value, `an integer from 0 to ${MAXIMUM_ID}`);
}

function checkSafe(text: string, place: string, fail: Fail): void {
  if (!isSafeLabel(text)) throw fail("aggregation-unsafe-label", place, text, SAFE_LABEL_RULE);
}

function checkIdsDiffer(objects: AggregatedObject[], fail: Fail): void {
  const labelById = new Map<number, string>();
  for (const { id, label } of objects) {
    const other = labelById.get(id);
    if (other !== undefined) {
      const got = `${id} for ${JSON.stringify(other)} and for ${JSON.stringify(label)}`;
      throw fail("aggregation-duplicate-id", "segGroups, objectId", got, "each objectId once");
    }
    labelById.set(id, label);
  }
}

/** One annotated object of a scan: the segments of the over-segmentation that belong to it. */
export interface AggregatedObject {
  /** ScanNet's objectId. */
  id: number;
  /** The annotator's label without surrounding blanks, otherwise as written, such as "trash can". */
  label: string;
  /** Segment ids; each must occur in the scan's segs.json. */
  segments: number[];
}

/** What `<scanId>.aggregation.json` says, after the repairs listed in `warnings`. */
export interface Aggregation {
  /** "scene0000_00": the file's sceneId without its "scannet." prefix. */
  sceneName: string;
  objects: AggregatedObject[];
  /** Known irregularities that were repaired, one sentence each (scene0217_00 lists every object twice). */
  warnings: string[];
}

/**
 * Drops every object that repeats an earlier one: the same label and the same set of segments, whatever its id.
 * scene0217_00 of the real release lists all its objects twice, from objectId 31 on (ScanNet issue 51).
 *
 * @returns The objects that are left, in order, and the ids of the dropped ones.
 */
export function removeDoubledObjects(objects: readonly AggregatedObject[]): {
  objects: AggregatedObject[];
  droppedIds: number[];
} {
  const seen = new Set<string>();
  const kept: AggregatedObject[] = [];
  const droppedIds: number[] = [];
  for (const object of objects) {
    const segments = [...new Set(object.segments)].sort((first, second) => first - second);
    const content = JSON.stringify([object.label, segments]);
    if (seen.has(content)) droppedIds.push(object.id);
    else kept.push(object);
    seen.add(content);
  }
  return { objects: kept, droppedIds };
}
