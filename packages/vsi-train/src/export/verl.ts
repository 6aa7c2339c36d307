import { parquetWriteBuffer } from "hyparquet-writer";
import type { GrpoRow, Message } from "../rows/rows.ts";
import { textWithPlaces } from "./formats.ts";

/** One row for verl. There is no `videos` column: an empty one would be taken for a prompt with videos. */
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
    accuracy: string;
  };
}

/** verl's form (its "Prepare data" page). @param at which split, which row of it, and the pixels of a frame at most. */
export function verlRecord(row: GrpoRow, at: { split: string; index: number; maxPixels: number }): VerlRecord {
  const { id, question_type, options, mode, accuracy } = row;
  return {
    data_source: `vsi/${question_type}`,
    prompt: [{ role: "user", content: textWithPlaces(row) }],
    images: row.images.map((image) => ({ image, max_pixels: BigInt(at.maxPixels) })),
    ability: "spatial-reasoning",
    reward_model: { style: "rule", ground_truth: row.ground_truth },
    extra_info: { split: at.split, index: BigInt(at.index), id, question_type, options, mode, accuracy },
  };
}

type Schema = NonNullable<Parameters<typeof parquetWriteBuffer>[0]["schema"]>;

/** Parquet's columns as a tree: a leaf's type, a struct's fields, or a list's element. */
type Column = "STRING" | "INT64" | { struct: Readonly<Record<string, Column>> } | { list: Column };

const COLUMNS: Readonly<Record<keyof VerlRecord, Column>> = {
  data_source: "STRING",
  prompt: { list: { struct: { role: "STRING", content: "STRING" } } },
  images: { list: { struct: { image: "STRING", max_pixels: "INT64" } } },
  ability: "STRING",
  reward_model: { struct: { style: "STRING", ground_truth: "STRING" } },
  extra_info: {
    struct: {
      split: "STRING",
      index: "INT64",
      id: "STRING",
      question_type: "STRING",
      options: { list: "STRING" },
      mode: "STRING",
      accuracy: "STRING",
    },
  },
};

/** verl's rows as the bytes of a Parquet file; the same rows give the same bytes. */
export function verlParquet(records: readonly VerlRecord[]): Uint8Array {
  const names = Object.keys(COLUMNS) as (keyof VerlRecord)[];
  const schema: Schema = [
    { name: "root", num_children: names.length },
    ...names.flatMap((name) => schemaOf(name, COLUMNS[name])),
  ];
  const columnData = names.map((name) => ({ name, data: records.map((record) => record[name]) }));
  return new Uint8Array(parquetWriteBuffer({ columnData, schema }));
}

/** A column's elements in Parquet's order, depth first; lists in the three levels of the format's specification. */
function schemaOf(name: string, column: Column): Schema {
  if (column === "STRING") return [{ name, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" }];
  if (column === "INT64") return [{ name, type: "INT64", repetition_type: "OPTIONAL" }];
  if ("list" in column) {
    return [
      { name, repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      ...schemaOf("element", column.list),
    ];
  }
  const fields = Object.entries(column.struct);
  return [
    { name, repetition_type: "OPTIONAL", num_children: fields.length },
    ...fields.flatMap(([field, inner]) => schemaOf(field, inner)),
  ];
}
