import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { readSealed, UsageError, writeSealed } from "@vsi/command";
import { type DatasetSplit, QUESTION_TYPES, type Reject } from "@vsi/dataset";
import type * as Validate from "@vsi/dataset/validate";
import { DATA_FORMATS, type DatasetSettings } from "@vsi/publish";
import { PROTOCOLS, RULES_NAMES, TARGETS } from "@vsi/questions";
import type { PlacedScan } from "./scans/source.ts";

/** One of `total` parts of a build, `index` counting from 0; one machine each. */
export interface Shard {
  index: number;
  total: number;
}

/** Which of the scans, ordered by id, are a shard's: every total-th one, so that large and small buildings mix. */
export function isInShard(place: number, shard: Shard): boolean {
  return place % shard.total === shard.index;
}

/** The folder of a shard, beside the dataset that all of them will become. */
export function shardFolder(out: string, { index, total }: Shard): string {
  return `${shardsFolder(out)}/${index}-of-${total}`;
}

/** The folder that holds all shards of a dataset folder. */
export function shardsFolder(out: string): string {
  return `${out.replace(/[/\\]+$/, "")}.shards`;
}

const SHARD_SCHEMA = "vsi-shard/2";

/** The file that says a shard is done; written last. */
export const SHARD_FILE = "shard.json";

/** What the merge must know of a shard, beside its results. */
export interface ShardRecord {
  schema: typeof SHARD_SCHEMA;
  shard: Shard;
  /** What decides the dataset; the same in all shards of a build. */
  settings: DatasetSettings;
  versions: Record<string, string>;
  /** Every scan of the whole build with its split and what a table says of its room, ordered by id; the same in all shards. */
  scans: PlacedScan[];
  splits: readonly DatasetSplit[];
  /** Whether the scenes' facts were published without a mesh. */
  isPublished: boolean;
  /** Scans left out before they were read, of the whole build; the same in all shards. */
  leftOut: Reject[];
  /** How many of `leftOut` are ScanNet's test scans. */
  testScans: number;
  /** How many of `leftOut` were excluded by the user. */
  excluded: number;
  /** Scans that could not be used, and repaired irregularities: this shard's own. */
  failures: Reject[];
  warnings: string[];
  /** The settings that its kept results carry the hash of, as text. */
  keptSettings: string;
}

export async function writeShardFile(folder: string, record: Omit<ShardRecord, "schema">): Promise<void> {
  await writeSealed(join(folder, SHARD_FILE), { schema: SHARD_SCHEMA, ...record });
}

/**
 * A finished shard's record; null while the shard is not finished.
 *
 * @throws UsageError for a file that is cut, changed, or of another version.
 */
export async function readShardFile(folder: string): Promise<ShardRecord | null> {
  const path = join(folder, SHARD_FILE);
  const entry = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (entry === null) return null;
  const record = entry.isFile() ? ((await readSealed(path)) as Partial<ShardRecord> | null) : null;
  if (await isShardRecord(record, path)) return record as ShardRecord;
  throw new UsageError(
    `${path}: got a truncated or changed file, or one from another version, expected ${SHARD_SCHEMA}. Build this shard again with --overwrite.`,
  );
}

/** A shard's folder may come from anyone: even a hand-sealed record must be valid. */
async function isShardRecord(record: unknown, file: string): Promise<boolean> {
  // Loaded here: a schema compiler, which most builds do not need.
  const validate: typeof Validate = await import("@vsi/dataset/validate");
  try {
    validate.schemaCheck(SHARD_RECORD, "shard-schema")(record, { file });
    const { leftOut, failures } = record as ShardRecord;
    for (const reject of [...leftOut, ...failures]) validate.validateReject(reject, { file });
    return true;
  } catch {
    return false;
  }
}

const COUNT = { type: "integer", minimum: 0 } as const;

const SPLIT = { enum: ["train", "validation", "test"] } as const;

/** What a merge relies on; settings and versions are compared with those of the other shards. */
const SHARD_RECORD = {
  type: "object",
  required: [
    ...["schema", "shard", "settings", "versions", "scans", "splits", "isPublished", "leftOut", "testScans"],
    ...["excluded", "failures", "warnings", "keptSettings"],
  ],
  properties: {
    schema: { const: SHARD_SCHEMA },
    shard: {
      type: "object",
      required: ["index", "total"],
      properties: { index: COUNT, total: { type: "integer", minimum: 1 } },
    },
    settings: {
      type: "object",
      required: [
        ...[
          "protocol",
          "rules",
          "balance",
          "thinSizes",
          "types",
          "labels",
          "distance",
          "split",
          "seed",
          "maxPerScene",
          "box",
          "frames",
        ],
        ...["minVisiblePixels", "target", "countVisible", "format", "pixels"],
      ],
      properties: {
        protocol: { enum: Object.keys(PROTOCOLS) },
        rules: { enum: [...RULES_NAMES] },
        balance: { type: "boolean" },
        thinSizes: { type: "boolean" },
        types: { type: "array", items: { enum: [...QUESTION_TYPES] } },
        labels: { type: "string" },
        distance: { type: ["string", "null"] },
        split: { type: "string" },
        seed: { type: "integer" },
        maxPerScene: { type: "object", additionalProperties: COUNT },
        box: { type: "string" },
        frames: {
          type: ["object", "null"],
          required: ["frames", "sampling", "size", "video"],
          properties: { frames: COUNT, size: { type: ["object", "null"] }, video: { type: "boolean" } },
        },
        minVisiblePixels: { type: "number" },
        target: { enum: [...Object.keys(TARGETS), null] },
        countVisible: { type: "boolean" },
        format: { enum: [...DATA_FORMATS] },
        pixels: { type: "boolean" },
      },
    },
    versions: { type: "object", additionalProperties: { type: "string" } },
    scans: {
      type: "array",
      items: {
        type: "object",
        required: ["scanId", "split"],
        // It becomes a file's name.
        properties: {
          scanId: { type: "string", pattern: "^[^./\\\\\\0][^/\\\\\\0]*$" },
          split: SPLIT,
          physical_room: { type: "string" },
          room_split: SPLIT,
        },
      },
    },
    splits: { type: "array", items: SPLIT },
    isPublished: { type: "boolean" },
    leftOut: { type: "array" },
    testScans: COUNT,
    excluded: COUNT,
    failures: { type: "array" },
    warnings: { type: "array", items: { type: "string" } },
    keptSettings: { type: "string" },
  },
};
