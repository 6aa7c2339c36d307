import type { ExclusionReason, LabelRules } from "@vsi/geometry";
import { readLabelRules } from "@vsi/geometry/node";
import { PROTOCOLS } from "@vsi/questions";
import type { DatasetSettings } from "../publish/settings.ts";

/** What one scan's work depends on besides the scan. Plain data: it travels to the worker threads. */
export interface ProcessScanOptions
  extends Pick<
    DatasetSettings,
    | "protocol"
    | "types"
    | "labels"
    | "distance"
    | "seed"
    | "maxPerScene"
    | "box"
    | "frames"
    | "minVisiblePixels"
    | "countVisible"
  > {
  labelRules: LabelRules;
  /** Why questions may not name what the label rules do not list. */
  unlistedLabels: ExclusionReason | null;
  /** Whether distances between the closest vertices are needed: they cost more than all the rest. */
  surfaceDistances: boolean;
  /** Whether every frame of a stream is looked at, for when each object first appears: seconds to minutes a scan. */
  firstSeen: boolean;
  /** Whether the mesh's free floor is needed, for routes. */
  walkable: boolean;
}

/** Completes the settings with the label table and what the protocol needs to know of a scan. */
export async function processOptions(settings: DatasetSettings): Promise<ProcessScanOptions> {
  // The benchmark has names of its own and asks only about its set; with raw labels everything nameable is asked about.
  const isBenchmarkSet = settings.protocol === "vsi-bench" && settings.labels === "canonical";
  const distances = settings.distance === null ? PROTOCOLS[settings.protocol].distances : [settings.distance];
  return {
    ...settings,
    labelRules: await readLabelRules(isBenchmarkSet ? "vsi-bench" : "canonical"),
    unlistedLabels: isBenchmarkSet ? "not-in-benchmark" : null,
    surfaceDistances: distances.includes("surface"),
    walkable: settings.types.includes("route_planning"),
    firstSeen: settings.frames !== null && settings.types.includes("obj_appearance_order"),
  };
}
