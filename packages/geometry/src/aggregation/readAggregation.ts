import { GeometryError } from "../geometryError.ts";
import { scanIdOf } from "../scanInfo/scanId.ts";
import type { AggregatedObject, Aggregation } from "./aggregation.ts";
import { leavesFolder } from "./leavesFolder.ts";
import { removeDoubledObjects } from "./removeDoubledObjects.ts";

/** Where an aggregation comes from and which scan it should describe. */
export interface AggregationOptions {
  /** The file as the user knows it, POSIX separators. */
  file: string;
  /** The scan's id, which the file's sceneId must match; null: any. */
  sceneName: string | null;
}

/** Used where the caller does not say which file the bytes come from. */
export const AGGREGATION_DEFAULTS: AggregationOptions = { file: "aggregation", sceneName: null };

/** 256: the longest of the 607 labels of ScanNet's label map has 28 characters; stops a label that is a file's content. */
export const MAXIMUM_LABEL_LENGTH = 256;

/** 2^31 - 1: ids are kept in 32-bit integers. */
const maximumId = 0x7fffffff;

const advice = "The file is damaged or not ScanNet's <scanId>.aggregation.json; download it again.";

type Fail = (code: string, place: string, got: unknown, expected: string) => GeometryError;

/**
 * Reads ScanNet's `<scanId>.aggregation.json`. Labels lose surrounding blanks and are otherwise kept as written; keys that
 * this package does not use are ignored. Objects that are listed twice are dropped with a warning.
 *
 * @throws GeometryError "aggregation-not-json", "aggregation-bad-shape" (place such as "segGroups[3].segments[0]"),
 * "aggregation-unsafe-label", "aggregation-wrong-scene" or "aggregation-duplicate-id".
 */
export function readAggregation(bytes: Uint8Array, options: Partial<AggregationOptions> = {}): Aggregation {
  const { file, sceneName } = { ...AGGREGATION_DEFAULTS, ...options };
  const fail: Fail = (code, place, got, expected) =>
    new GeometryError(code, { file, place, got: describe(got), expected, advice });

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
          `${file}: ${droppedIds.length} objects are listed twice (from objectId ${droppedIds[0]} on); the copies were dropped.`,
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
      advice,
    });
  }
}

function readSceneId(sceneId: unknown, sceneName: string | null, fail: Fail): string {
  if (typeof sceneId !== "string")
    throw fail("aggregation-bad-shape", "sceneId", sceneId, 'text such as "scannet.scene0000_00"');
  checkSafe(sceneId, "sceneId", fail);
  const scanId = scanIdOf(sceneId);
  if (scanId === null)
    throw fail("aggregation-bad-shape", "sceneId", sceneId, '"scannet.scene0000_00" or "scene0000_00"');
  if (sceneName !== null && scanId !== sceneName)
    throw fail("aggregation-wrong-scene", "sceneId", sceneId, `"scannet.${sceneName}"`);
  return scanId;
}

function readGroup(group: unknown, place: string, fail: Fail): AggregatedObject {
  if (!isRecord(group))
    throw fail("aggregation-bad-shape", place, group, "an object with objectId, segments and label");
  const id = readId(ownValue(group, "objectId"), `${place}.objectId`, fail);
  const label = ownValue(group, "label");
  if (typeof label !== "string") throw fail("aggregation-bad-shape", `${place}.label`, label, "text");
  const trimmed = label.trim();
  checkSafe(trimmed, `${place}.label`, fail);
  const segments = ownValue(group, "segments");
  if (!Array.isArray(segments))
    throw fail("aggregation-bad-shape", `${place}.segments`, segments, "a list of segment ids");
  return {
    id,
    label: trimmed,
    segments: segments.map((segment: unknown, index) => readId(segment, `${place}.segments[${index}]`, fail)),
  };
}

function readId(value: unknown, place: string, fail: Fail): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= maximumId) return value;
  throw fail("aggregation-bad-shape", place, value, `an integer from 0 to ${maximumId}`);
}

/** Labels and ids become words of questions and parts of paths. */
function checkSafe(text: string, place: string, fail: Fail): void {
  const isPrintable =
    text.length > 0 && text.length <= MAXIMUM_LABEL_LENGTH && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
  if (!isPrintable || leavesFolder(text)) {
    const expected = `1 to ${MAXIMUM_LABEL_LENGTH} printable characters that stay below a folder when taken as a path`;
    throw fail("aggregation-unsafe-label", place, text, expected);
  }
}

function checkIdsDiffer(objects: AggregatedObject[], fail: Fail): void {
  const labelById = new Map<number, string>();
  for (const { id, label } of objects) {
    const other = labelById.get(id);
    if (other !== undefined) {
      const got = `${id} for ${JSON.stringify(other)} and for ${JSON.stringify(label)}`;
      throw fail("aggregation-duplicate-id", "segGroups, objectId", got, "every objectId once");
    }
    labelById.set(id, label);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Inherited members such as "constructor" are not values of the file. */
function ownValue(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isRecord(value)) return "an object";
  // 80: enough to recognise the value in the file.
  return JSON.stringify(value).slice(0, 80);
}
