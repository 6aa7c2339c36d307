import type { Reject } from "@vsi/dataset";
import { DatasetError } from "@vsi/dataset/node";
import { GeometryError, type SceneFacts } from "@vsi/geometry";
import { readScanWithMesh } from "@vsi/geometry/node";
import { FactsError, generateQuestions } from "@vsi/questions";
import { type FrameFolders, readFrames } from "../frames/readFrames.ts";
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
 *
 * @param folders where sampled frames go; null when none are to be written, whatever the options say.
 * @throws DatasetError when the disk refuses a frame.
 */
export async function processScan(
  input: ScanInput,
  options: ProcessScanOptions,
  folders: FrameFolders | null,
): Promise<ScanResult> {
  const { dataset, scanId } = identityOf(input);
  try {
    const { facts, warnings } = await readFacts(input, options, folders);
    const { questions, rejects, notDrawn } = generateQuestions(facts, {
      protocol: options.protocol,
      types: options.types,
      labels: options.labels,
      seed: options.seed,
      maxPerScene: options.maxPerScene,
      minVisiblePixels: options.minVisiblePixels,
      countVisible: options.countVisible,
      ...(options.distance === null ? {} : { distance: options.distance }),
    });
    return { status: "read", scanId, facts, questions, rejects, notDrawn, warnings };
  } catch (error) {
    if (error instanceof DatasetError) throw error;
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
  folders: FrameFolders | null,
): Promise<{ facts: SceneFacts; warnings: string[] }> {
  if (input.kind === "published") return { facts: input.facts, warnings: [] };
  const { labelRules, unlistedLabels, box, surfaceDistances, walkable } = options;
  const { dataset } = identityOf(input);
  const read = await readScanWithMesh(input.folder, {
    dataset,
    labelRules,
    unlistedLabels,
    box,
    surfaceDistances,
    walkable,
  });
  const { scan, facts, warnings } = read;
  if (options.frames === null || folders === null) return { facts, warnings };
  const camera = await readFrames(input.folder, scan, {
    ...options.frames,
    ...folders,
    minimumPixels: options.minVisiblePixels,
    firstSeen: options.firstSeen,
  });
  return { facts: { ...facts, camera }, warnings };
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
