import type { ExclusionReason, SceneFacts, SceneObject } from "@vsi/dataset";
import {
  at,
  checkArguments,
  checkOptions,
  fields,
  LIST,
  MAP,
  type OptionKinds,
  oneOf,
  orNull,
  POSITIONS,
  SWITCH,
  TEXT,
} from "@vsi/dataset/internal";
import { gravityBox, pcaBox } from "../boxes/boxes.ts";
import { type CoreMemory, coreMemory, coreSize } from "../boxes/core.ts";
import { surfaceDistances } from "../distances/pointClouds.ts";
import { GeometryError } from "../errors.ts";
import { roomWithin } from "../room/room.ts";
import { simplifyOutline } from "../room/simplify.ts";
import { checkUpright } from "../room/upright.ts";
import { walkableGrid } from "../room/walkable.ts";
import {
  roundAxisAlignedBox,
  roundClosest,
  roundLength,
  roundOrientedBox,
  roundPoint,
  roundRoom,
} from "../rounding.ts";
import { withScanMemory } from "../scanMemory.ts";
import type { AggregatedObject, Aggregation } from "../sources/scannet/aggregation.ts";
import { groupInstances } from "../sources/scannet/instances.ts";
import type { LabelRules } from "../sources/scannet/labels.ts";
import { alignAndBound, type GatheredObject, gatherObject, INT32S, MATRIX } from "../vertices.ts";

/** What is worked out about a scan; the defaults are SCENE_FACTS_DEFAULTS. */
export interface SceneFactsOptions {
  /** Category and exclusion of each raw label. */
  labelRules: LabelRules;
  /** Why questions may not name an object whose label has no rule; null when they may. */
  unlistedLabels: ExclusionReason | null;
  /** "gravity": upright, smallest area on the floor. "pca": along the principal axes, may tilt. */
  box: "gravity" | "pca";
  /** Whether to measure between the closest vertices of every two objects that questions may name. */
  surfaceDistances: boolean;
  /** Whether to find the floor one could walk on. */
  walkable: boolean;
}

/** What buildSceneFacts takes unless told otherwise. */
export const SCENE_FACTS_DEFAULTS: SceneFactsOptions = {
  labelRules: new Map(),
  unlistedLabels: null,
  box: "gravity",
  surfaceDistances: false,
  walkable: false,
};

/** What they must be. */
export const SCENE_FACTS_OPTIONS: OptionKinds<SceneFactsOptions> = {
  labelRules: MAP,
  unlistedLabels: orNull(TEXT),
  box: oneOf(["gravity", "pca"]),
  surfaceDistances: SWITCH,
  walkable: SWITCH,
};

/** What a scan must be, by its own shape. */
export const SCAN = fields({
  dataset: TEXT,
  sceneName: TEXT,
  positions: { words: "a Float32Array of x, y, z", fits: (value) => POSITIONS.fits(value) && !Array.isArray(value) },
  segmentIds: INT32S,
  aggregation: fields({ objects: LIST }),
  axisAlignment: orNull(MATRIX),
});

/** A scan as its files hold it. */
export interface Scan {
  /** "scannet" or "vsi-synth". */
  dataset: string;
  /** The scan's id, such as "scene0000_00". */
  sceneName: string;
  /** x, y, z of each vertex in a row; metres, not yet axis aligned; finite. */
  positions: Float32Array;
  /** The segment of each vertex. */
  segmentIds: Int32Array;
  aggregation: Aggregation;
  /** 16 numbers, row major; null for a scan whose `.txt` has none: identity. */
  axisAlignment: Float64Array | null;
  /** The files' names for errors; by default those of a ScanNet download. */
  files?: ScanFileNames;
}

/** The names of a scan's files, as errors show them. */
export interface ScanFileNames {
  mesh: string;
  segments: string;
  aggregation: string;
}

/**
 * Computes everything questions are made from.
 *
 * Numbers are rounded here, once (lengths and areas to 1e-6, directions to 1e-9): answers made from the returned facts
 * and from the JSON written of them are the same.
 *
 * @returns facts in metres, axis-aligned, +Z up, that JSON.stringify and JSON.parse give back unchanged; and the
 * irregularities that were repaired, one sentence each.
 * @throws GeometryError "segs-count-mismatch", "segment-missing", "object-without-vertices", "scan-not-upright",
 * "room-extent-absurd".
 * @throws OptionsError for an option that does not exist.
 *
 * @example
 * ```js
 * import { buildSceneFacts } from "@vsi/geometry";
 * import { findScans, readScanWithMesh } from "@vsi/geometry/node";
 *
 * const [folder] = await findScans("./raw");
 * const { scan } = await readScanWithMesh(folder);
 * const { facts } = buildSceneFacts(scan);
 * console.log(facts.schema, facts.objects.length === scan.aggregation.objects.length); // vsi-scene/1 true
 * ```
 */
export function buildSceneFacts(
  scan: Scan,
  options: Partial<SceneFactsOptions> = {},
): { facts: SceneFacts; warnings: string[] } {
  checkOptions(options, SCENE_FACTS_OPTIONS, "buildSceneFacts");
  checkArguments("buildSceneFacts", { scan: [scan, SCAN] });
  return withScanMemory(() => factsOf(scan, { ...SCENE_FACTS_DEFAULTS, ...options }));
}

function factsOf(scan: Scan, settings: SceneFactsOptions): { facts: SceneFacts; warnings: string[] } {
  const files = scan.files ?? downloadedNames(scan.sceneName);
  checkVertexCount(scan, files);
  const instances = groupInstances(scan.segmentIds, scan.aggregation.objects, files.aggregation);
  const { positions: aligned, bounds } = alignAndBound(scan.positions, scan.axisAlignment);
  const memory = coreMemory(instances.reduce((most, { length }) => Math.max(most, length), 0));
  const objects = scan.aggregation.objects
    .map((annotation, index) => {
      const gathered = gatherObject(aligned, at(instances, index));
      return { ...gathered, facts: describeObject(annotation, gathered, settings, memory) };
    })
    .sort((first, second) => first.facts.id - second.facts.id);
  checkUpright(
    objects.map(({ facts: { id, category }, ...gathered }) => ({ id, category, ...gathered })),
    files.mesh,
  );
  const namedObjects = objects.filter((object) => object.facts.excluded === null);
  return {
    facts: {
      schema: "vsi-scene/1",
      dataset: scan.dataset,
      scene_name: scan.sceneName,
      // Adding 0 turns -0 into 0, which JSON gives back.
      alignment: scan.axisAlignment === null ? null : Array.from(scan.axisAlignment, (cell) => cell + 0),
      room: {
        ...roundRoom(simplifyOutline(roomWithin(aligned, bounds, files.mesh))),
        walkable: settings.walkable ? walkableGrid(aligned) : null,
      },
      objects: objects.map((object) => object.facts),
      counts: null,
      surface_distances: settings.surfaceDistances
        ? surfaceDistances(namedObjects.map(({ facts, positions }) => ({ id: facts.id, positions }))).map(
            ({ closest, ...pair }) => ({
              ...pair,
              distance_m: roundLength(pair.distance_m),
              ...(closest && { closest: roundClosest(closest) }),
            }),
          )
        : null,
      camera: null,
    },
    warnings: [...scan.aggregation.warnings],
  };
}

function downloadedNames(sceneName: string): ScanFileNames {
  return {
    mesh: `${sceneName}_vh_clean_2.ply`,
    segments: `${sceneName}_vh_clean_2.0.010000.segs.json`,
    aggregation: `${sceneName}.aggregation.json`,
  };
}

function checkVertexCount(scan: Scan, files: ScanFileNames): void {
  const vertexCount = scan.positions.length / 3;
  if (scan.segmentIds.length === vertexCount) return;
  throw new GeometryError("segs-count-mismatch", {
    file: files.segments,
    place: "segIndices",
    got: `${scan.segmentIds.length} segment ids`,
    expected: `${vertexCount}, one for each vertex of ${files.mesh}`,
    advice: "One of the two files belongs to another mesh or is damaged: download both again.",
  });
}

function describeObject(
  annotation: AggregatedObject,
  object: GatheredObject,
  settings: SceneFactsOptions,
  memory: CoreMemory,
): SceneObject {
  const { positions, bounds, mean } = object;
  const rule = settings.labelRules.get(annotation.label);
  const excluded = rule === undefined ? settings.unlistedLabels : rule.excluded;
  const box = settings.box === "pca" ? pcaBox(positions) : gravityBox(positions, bounds);
  return {
    id: annotation.id,
    label: annotation.label,
    category: rule?.category ?? annotation.label,
    excluded,
    points: positions.length / 3,
    centroid: roundPoint(mean),
    box: roundOrientedBox(box),
    // Walls and floors have most of a scan's vertices, and nobody asks how large their cores are.
    core_size: excluded === null ? roundPoint(coreSize(object, box, memory)) : null,
    aabb: roundAxisAlignedBox(bounds),
  };
}
