import type { QuestionType, Reject } from "@vsi/dataset";
import { GeometryError, type LabelRules } from "@vsi/geometry";
import { readScan, type ScanFolder } from "@vsi/geometry/node";
import { FactsError, generateQuestions, type ProtocolName } from "@vsi/questions";
import { datasetOf } from "../scans/datasetOf.ts";
import type { ScanResult } from "./scanResult.ts";

export interface ProcessScanOptions {
  protocol: ProtocolName;
  types: readonly QuestionType[];
  seed: number;
  maxPerScene: Partial<Record<QuestionType, number>>;
  box: "gravity" | "pca";
  labelRules: LabelRules;
}

/**
 * One scan from its files to its questions. Depends on the scan and the options alone, so that any order,
 * number of workers or interruption gives the same result.
 *
 * Never throws for what a scan holds: a scan that can't be read becomes a `ScanFailure`.
 */
export async function processScan(folder: ScanFolder, options: ProcessScanOptions): Promise<ScanResult> {
  const dataset = datasetOf(folder.scanId);
  try {
    const { facts, warnings } = await readScan(folder, {
      dataset,
      labelRules: options.labelRules,
      box: options.box,
      surfaceDistances: false,
    });
    const { questions, rejects, notDrawn } = generateQuestions(facts, {
      protocol: options.protocol,
      types: options.types,
      seed: options.seed,
      maxPerScene: options.maxPerScene,
    });
    return { status: "read", scanId: folder.scanId, facts, questions, rejects, notDrawn, warnings };
  } catch (error) {
    return { status: "skipped", scanId: folder.scanId, reject: rejectOfScan(dataset, folder.scanId, error) };
  }
}

function rejectOfScan(dataset: string, scanId: string, error: unknown): Reject {
  const known = error instanceof GeometryError || error instanceof FactsError;
  const message = error instanceof Error ? error.message : String(error);
  return {
    schema: "vsi-reject/1",
    dataset,
    scene_name: scanId,
    question_type: null,
    code: known ? error.code : "unexpected-error",
    message: known ? message : `${scanId}: ${message}. This is a defect of vsi-build: please report it with this line.`,
    object_ids: [],
    value: null,
    limit: null,
    unit: null,
  };
}
