import type { Message, TrainingRow } from "../data/trainingRow.ts";
import { textWithPlaces } from "./textWithPlaces.ts";

/** One line for ms-swift: messages with the images' places, and for DPO the answer to avoid. */
export interface MsSwiftRecord {
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
    return { messages: [user, ...row.chosen], images: row.images, rejected_response: row.rejected[0]!.content };
  }
  const { id, ground_truth, question_type, options, mode, accuracy } = row;
  return { messages: [user], images: row.images, id, ground_truth, question_type, options, mode, accuracy };
}
