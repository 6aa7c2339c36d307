import { TrainError } from "../errors.ts";
import type { DpoRow, GrpoRow, Message, SftRow, TrainingRow } from "../rows/rows.ts";
import type { Method } from "../settings/runSettings.ts";

/** The trainers whose forms a dataset can be written in. */
export const EXPORT_FORMATS = ["trl", "ms-swift", "llamafactory", "verl", "easyr1"] as const;
/** One of EXPORT_FORMATS. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The methods that each of them has; the first is the one written where none is named. */
export const FORMAT_METHODS: Readonly<Record<ExportFormat, readonly [Method, ...Method[]]>> = {
  trl: ["grpo", "sft", "dpo"],
  "ms-swift": ["grpo", "sft", "dpo"],
  llamafactory: ["sft", "dpo"],
  verl: ["grpo"],
  easyr1: ["grpo"],
};

/** The image placeholder of ms-swift, LLaMA-Factory, verl and EasyR1. */
const IMAGE_PLACE = "<image>";

/**
 * A row's prompt with a place for each image before it, a trainer's form that keeps texts and images together.
 *
 * @throws TrainError "image-place-in-text" when the question itself holds such a mark: images would be counted wrong.
 */
export function textWithPlaces({ id, prompt, images }: Pick<TrainingRow, "id" | "prompt" | "images">): string {
  const text = prompt[0].content;
  if (text.includes(IMAGE_PLACE)) {
    throw new TrainError("image-place-in-text", {
      file: `question ${id}`,
      place: "text",
      got: IMAGE_PLACE,
      expected: "text without the image placeholder",
      advice: "Leave the question out, or rename the object.",
    });
  }
  return IMAGE_PLACE.repeat(images.length) + text;
}

/** One line for ms-swift: messages with the images' places, and for DPO the answer to avoid. */
interface MsSwiftRecord {
  messages: Message[];
  images: string[];
  rejected_response?: string;
  /** GRPO hands all further columns to the reward function. */
  [column: string]: unknown;
}

/** ms-swift's form (its "Custom dataset" page): GRPO keeps the extra columns, which the reward plugin needs. */
export function msSwiftRecord(row: TrainingRow): MsSwiftRecord {
  const user: Message = { role: "user", content: textWithPlaces(row) };
  if ("completion" in row) return { messages: [user, ...row.completion], images: row.images };
  if ("chosen" in row) {
    return { messages: [user, ...row.chosen], images: row.images, rejected_response: row.rejected[0].content };
  }
  const { id, ground_truth, question_type, options, mode, reward } = row;
  return { messages: [user], images: row.images, id, ground_truth, question_type, options, mode, reward };
}

/** A turn in ShareGPT's words. */
interface Turn {
  from: "human" | "gpt";
  value: string;
}

/** One line for LLaMA-Factory in ShareGPT's form; DPO's answers stand apart from the conversation. */
interface LlamaFactoryRecord {
  conversations: Turn[];
  images: string[];
  chosen?: Turn;
  rejected?: Turn;
}

export function llamaFactoryRecord(row: SftRow | DpoRow): LlamaFactoryRecord {
  const human: Turn = { from: "human", value: textWithPlaces(row) };
  const turn = (value: string): Turn => ({ from: "gpt", value });
  if ("completion" in row) {
    return { conversations: [human, turn(row.completion[0].content)], images: row.images };
  }
  return {
    conversations: [human],
    chosen: turn(row.chosen[0].content),
    rejected: turn(row.rejected[0].content),
    images: row.images,
  };
}

/** dataset_info.json: how LLaMA-Factory is to read the files, by dataset name ("vsi_train"). */
export function llamaFactoryInfo(
  method: "sft" | "dpo",
  files: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const entries = Object.entries(files).map(([split, file_name]) => {
    const pair = method === "dpo" ? { chosen: "chosen", rejected: "rejected" } : {};
    const columns = { messages: "conversations", ...pair, images: "images" };
    const ranking = method === "dpo" ? { ranking: true } : {};
    return [`vsi_${split}`, { file_name, formatting: "sharegpt", ...ranking, columns }] as const;
  });
  return Object.fromEntries(entries);
}

/** One line for EasyR1. */
interface EasyR1Record {
  images: string[];
  problem: string;
  /** JSON of what the reward worker is asked with: its reward functions get this column and no other. */
  answer: string;
}

export function easyR1Record(row: GrpoRow): EasyR1Record {
  const { ground_truth, question_type, options, mode, reward } = row;
  const answer = JSON.stringify({ ground_truth, question_type, options, mode, reward });
  return { images: row.images, problem: textWithPlaces(row), answer };
}
