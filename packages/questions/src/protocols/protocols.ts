import {
  PROTOCOL_NAMES as DATASET_PROTOCOL_NAMES,
  type ProtocolName as DatasetProtocolName,
  QUESTION_TYPES,
  type QuestionType,
} from "@vsi/dataset";
import type { Protocol } from "./protocol.ts";
import { VSI_100K } from "./vsi100k.ts";
import { VSI_BENCH } from "./vsiBench.ts";

/** The names in @vsi/dataset's table, the default first. */
export const PROTOCOL_NAMES = DATASET_PROTOCOL_NAMES;

export type ProtocolName = DatasetProtocolName;

/** The protocols by name. */
export const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = { "vsi-100k": VSI_100K, "vsi-bench": VSI_BENCH };

/** The question types that a protocol has, in the order of QUESTION_TYPES. */
export function protocolTypes({ templates }: Protocol): QuestionType[] {
  return QUESTION_TYPES.filter((type) => templates[type] !== undefined);
}
