import type { Reject } from "@vsi/dataset";

/** The record of a whole scan that was left out. */
export function scanReject(dataset: string, scanId: string, code: string, message: string): Reject {
  return {
    schema: "vsi-reject/1",
    dataset,
    scene_name: scanId,
    question_type: null,
    code,
    message,
    object_ids: [],
    value: null,
    limit: null,
    unit: null,
  };
}
