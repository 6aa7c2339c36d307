import type { DpoRow, SftRow } from "../data/trainingRow.ts";
import { textWithPlaces } from "./textWithPlaces.ts";

/** A turn in ShareGPT's words. */
interface Turn {
  from: "human" | "gpt";
  value: string;
}

/** One line for LLaMA-Factory in ShareGPT's form; DPO's answers stand apart from the conversation. */
export interface LlamaFactoryRecord {
  conversations: Turn[];
  images: string[];
  chosen?: Turn;
  rejected?: Turn;
}

export function llamaFactoryRecord(row: SftRow | DpoRow): LlamaFactoryRecord {
  const human: Turn = { from: "human", value: textWithPlaces(row) };
  const turn = (value: string): Turn => ({ from: "gpt", value });
  if ("completion" in row) {
    return { conversations: [human, turn(row.completion[0]!.content)], images: row.images };
  }
  return {
    conversations: [human],
    chosen: turn(row.chosen[0]!.content),
    rejected: turn(row.rejected[0]!.content),
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
