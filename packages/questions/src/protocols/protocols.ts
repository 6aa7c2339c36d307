import {
  PROTOCOL_NAMES as DATASET_PROTOCOL_NAMES,
  type ProtocolName as DatasetProtocolName,
  QUESTION_TYPES,
  type QuestionType,
} from "@vsi/dataset";
import { checkArguments, fields, RECORD } from "@vsi/dataset/internal";
import absDistance from "@vsi/question-templates/vsi-bench/object_abs_distance.json" with { type: "json" };
import relDistance from "@vsi/question-templates/vsi-bench/object_rel_distance.json" with { type: "json" };
import roomSize from "@vsi/question-templates/vsi-bench/room_size_estimation.json" with { type: "json" };
import type { Protocol } from "./protocol.ts";
import { VSI_100K } from "./vsi100k.ts";
import { VSI_BENCH } from "./vsiBench.ts";

/** The names in @vsi/dataset's table, the default first. */
export const PROTOCOL_NAMES = DATASET_PROTOCOL_NAMES;

/** One of PROTOCOL_NAMES. */
export type ProtocolName = DatasetProtocolName;

/** The protocols by name. */
export const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = { "vsi-100k": VSI_100K, "vsi-bench": VSI_BENCH };

const PROTOCOL = fields({ templates: RECORD });

/**
 * The question types that a protocol has, in the order of QUESTION_TYPES.
 *
 * @example
 * ```js
 * import { PROTOCOLS, protocolTypes } from "@vsi/questions";
 *
 * console.log(protocolTypes(PROTOCOLS["vsi-100k"]).length, protocolTypes(PROTOCOLS["vsi-bench"]).length); // 6 14
 * ```
 */
export function protocolTypes(protocol: Protocol): QuestionType[] {
  checkArguments("protocolTypes", { protocol: [protocol, PROTOCOL] });
  return QUESTION_TYPES.filter((type) => protocol.templates[type] !== undefined);
}

/** What earlier versions wrote before a template was corrected. */
const FORMER_TEMPLATES: Readonly<Record<ProtocolName, Readonly<Partial<Record<QuestionType, readonly string[]>>>>> = {
  "vsi-100k": {},
  "vsi-bench": {
    object_abs_distance: absDistance.former,
    object_rel_distance: relDistance.former,
    room_size_estimation: roomSize.former,
  },
};

/**
 * The templates in which a protocol's datasets word a type: today's, which builds use, then those of earlier versions,
 * whose datasets are still verified and audited. None where the protocol has no such type.
 */
export function protocolTemplates({ name, templates }: Protocol, type: QuestionType): string[] {
  const template = templates[type];
  return template === undefined ? [] : [template, ...(FORMER_TEMPLATES[name][type] ?? [])];
}
