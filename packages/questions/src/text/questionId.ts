import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Question } from "@vsi/dataset";

/**
 * First 16 hex digits of the sha256 of protocol, dataset, scene_name, question_type and question, in this order, as
 * UTF-8, joined by "\n": the same question has the same id in every build.
 */
export function questionId(
  question: Pick<Question, "protocol" | "dataset" | "scene_name" | "question_type" | "question">,
): string {
  const { protocol, dataset, scene_name, question_type, question: text } = question;
  return bytesToHex(sha256(utf8ToBytes([protocol, dataset, scene_name, question_type, text].join("\n")))).slice(0, 16);
}
