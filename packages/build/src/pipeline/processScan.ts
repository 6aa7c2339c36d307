import type { Reject } from "@vsi/dataset";
import { GeometryError, type SceneFacts } from "@vsi/geometry";
import { readScan } from "@vsi/geometry/node";
import { FactsError, generateQuestions } from "@vsi/questions";
import { datasetOf } from "../scans/datasetOf.ts";
import type { ScanInput } from "../scans/scanInput.ts";
import { scanReject } from "../scans/scanReject.ts";
import type { ProcessScanOptions } from "./processOptions.ts";
import type { ScanResult } from "./scanResult.ts";

/**
 * One scan from its files to its questions. Depends on the scan and the options alone, so that any order,
 * number of workers or interruption gives the same result.
 *
 * Never throws for what a scan holds: a scan that can't be read becomes a `ScanFailure`.
 */
export async function processScan(input: ScanInput, options: ProcessScanOptions): Promise<ScanResult> {
  const { dataset, scanId } = identityOf(input);
  try {
    const { facts, warnings } = await readFacts(input, options);
    const { questions, rejects, notDrawn } = generateQuestions(facts, {
      protocol: options.protocol,
      types: options.types,
      labels: options.labels,
      seed: options.seed,
      maxPerScene: options.maxPerScene,
      ...(options.distance === null ? {} : { distance: options.distance }),
    });
    return { status: "read", scanId, facts, questions, rejects, notDrawn, warnings };
  } catch (error) {
    return { status: "skipped", scanId, reject: rejectOfScan(dataset, scanId, error) };
  }
}

/** Which scan it is, before it is read. */
export function identityOf(input: ScanInput): { dataset: string; scanId: string } {
  if (input.kind === "published") return { dataset: input.facts.dataset, scanId: input.facts.scene_name };
  return { dataset: datasetOf(input.folder.scanId), scanId: input.folder.scanId };
}

async function readFacts(
  input: ScanInput,
  options: ProcessScanOptions,
): Promise<{ facts: SceneFacts; warnings: string[] }> {
  if (input.kind === "published") return { facts: input.facts, warnings: [] };
  const { labelRules, unlistedLabels, box, surfaceDistances } = options;
  const { dataset } = identityOf(input);
  return readScan(input.folder, { dataset, labelRules, unlistedLabels, box, surfaceDistances });
}

function rejectOfScan(dataset: string, scanId: string, error: unknown): Reject {
  const known = error instanceof GeometryError || error instanceof FactsError;
  const message = error instanceof Error ? error.message : String(error);
  return known
    ? scanReject(dataset, scanId, error.code, message)
    : scanReject(
        dataset,
        scanId,
        "unexpected-error",
        `${scanId}: ${message}. This is a defect of vsi-build: please report it with this line.`,
      );
}
