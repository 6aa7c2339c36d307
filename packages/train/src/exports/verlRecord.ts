import type { GrpoRow, Message } from "../data/trainingRow.ts";
import { textWithPlaces } from "./textWithPlaces.ts";

/** One row for verl. There is no `videos` column: an empty one would be taken for a prompt with videos. */
export interface VerlRecord {
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
