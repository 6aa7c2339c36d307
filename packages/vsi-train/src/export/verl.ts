import { type Column, type ColumnType, parquetSchema } from "@vsi/dataset/internal/node";
import { parquetWriteBuffer } from "hyparquet-writer";
import type { GrpoRow, Message } from "../rows/rows.ts";
import { textWithPlaces } from "./formats.ts";

/** One row for verl. There is no `videos` column: an empty one would mean a prompt with videos. */
interface VerlRecord {
  /** verl reports validation by it: the question type, so that each has its own curve. */
  data_source: string;
  prompt: Message[];
  /** qwen_vl_utils' form, which shrinks each image to max_pixels. INT64 in Parquet. */
  images: { image: string; max_pixels: bigint }[];
  ability: string;
  reward_model: { style: string; ground_truth: string };
  /** What the reward function is asked with, beside the answer. */
  extra_info: {
    split: string;
    index: bigint;
    id: string;
    question_type: string;
    options: string[] | null;
    mode: string;
    reward: string;
  };
}

/** verl's form (its "Prepare data" page). @param at which split, which row of it, and the pixels of a frame at most. */
export function verlRecord(row: GrpoRow, at: { split: string; index: number; maxPixels: number }): VerlRecord {
  const { id, question_type, options, mode, reward } = row;
  return {
    data_source: `vsi/${question_type}`,
    prompt: [{ role: "user", content: textWithPlaces(row) }],
    images: row.images.map((image) => ({ image, max_pixels: BigInt(at.maxPixels) })),
    ability: "spatial-reasoning",
    reward_model: { style: "rule", ground_truth: row.ground_truth },
    extra_info: { split: at.split, index: BigInt(at.index), id, question_type, options, mode, reward },
  };
}

const COLUMNS: Readonly<Record<keyof VerlRecord, ColumnType>> = {
  data_source: "string",
  prompt: { list: { struct: columnsOf({ role: "string", content: "string" }) } },
  images: { list: { struct: columnsOf({ image: "string", max_pixels: "int64" }) } },
  ability: "string",
  reward_model: { struct: columnsOf({ style: "string", ground_truth: "string" }) },
  extra_info: {
    struct: columnsOf({
      split: "string",
      index: "int64",
      id: "string",
      question_type: "string",
      options: { list: "string" },
      mode: "string",
      reward: "string",
    }),
  },
};

function columnsOf(types: Readonly<Record<string, ColumnType>>): Column[] {
  return Object.entries(types).map(([name, type]) => ({ name, description: "", type }));
}

/** verl's rows as the bytes of a Parquet file; the same rows give the same bytes. */
export function verlParquet(records: readonly VerlRecord[]): Uint8Array {
  const names = Object.keys(COLUMNS) as (keyof VerlRecord)[];
  const columnData = names.map((name) => ({ name, data: records.map((record) => record[name]) }));
  return new Uint8Array(parquetWriteBuffer({ columnData, schema: parquetSchema(columnsOf(COLUMNS)) }));
}
