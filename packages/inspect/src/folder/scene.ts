import { join } from "node:path";
import { DatasetError, type SampledFrame, type SceneFacts, type SceneObject, type Vec3 } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import { readRegularFile } from "@vsi/dataset/internal/node";
import { validateScene } from "@vsi/dataset/validate";
import { boxDistance, centroidDistance, type SampledBox, sampleBox, sampledBoxDistance } from "@vsi/geometry";
import type { DistanceKind } from "@vsi/questions";
import { sceneFile } from "./datasetFolder.ts";
import type { VerifySettings } from "./manifest.ts";
import { nameDoubts, widestName } from "./names.ts";
import { TAKE_AGAIN } from "./problem.ts";

/**
 * A scene's facts from a dataset folder, checked against their JSON Schema.
 *
 * @throws DatasetError "scene-syntax", "scene-schema", "scene-name" (facts of another scene), "scene-object-twice",
 * "scene-unsafe-name", "dataset-not-a-file", "file-too-large", or as in fileError.
 */
export async function readScene(folder: string, sceneName: string): Promise<SceneFacts> {
  const file = sceneFile(sceneName);
  const fail = (code: string, place: string, got: string, expected: string): never => {
    throw new DatasetError(code, { file, place, got, expected, advice: TAKE_AGAIN });
  };
  // The records that give the name are untrusted: it must not lead out of the folder.
  if (/[/\\]/.test(sceneName)) fail("scene-unsafe-name", "the name", JSON.stringify(sceneName), "a file name");
  const text = await readRegularFile(join(folder, file), file, "the facts of a scene");
  const parse = (): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      return fail("scene-syntax", "the file", (error as Error).message, "JSON");
    }
  };
  const facts = parse();
  validateScene(facts, { file });
  const { scene_name, objects } = facts as SceneFacts;
  if (scene_name !== sceneName) fail("scene-name", "/scene_name", scene_name, sceneName);
  const ids = new Set<number>();
  for (const [index, { id }] of objects.entries()) {
    if (ids.has(id)) fail("scene-object-twice", `/objects/${index}/id`, `${id} again`, "each id once");
    ids.add(id);
  }
  return facts as SceneFacts;
}

/** A sampled frame; metres, axis-aligned, +Z up. */
export interface VerifiedFrame {
  name: string;
  /** What questions call it: its place among the sampled frames, from 1. */
  number: number;
  position: Vec3;
  /** Unit vectors to the camera's right, down and forward. */
  axes: readonly [Vec3, Vec3, Vec3];
  /** Ids of the objects that it shows. */
  seen: ReadonlySet<number>;
  /** Metres to the closest vertex of each object that it shows, by id; empty where distances are those to boxes. */
  distances_m: ReadonlyMap<number, number>;
}

/** A scene's facts as the checks ask for them. */
export interface VerifiedScene {
  facts: SceneFacts;
  /** What questions call an object. */
  nameOf(object: SceneObject): string;
  /** The objects that questions may name, by id. */
  objects: ReadonlyMap<number, SceneObject>;
  /** All that go by a name, ordered by id. */
  named(name: string): readonly SceneObject[];
  /** Under wide names, why a viewer may understand a name otherwise; null where nobody would, or names are literal. */
  doubtOf(name: string): string | null;
  /** How many objects of a name were published with the facts; null where the objects themselves are counted. */
  published(name: string): number | null;
  /** Null without a stream. */
  frames: readonly VerifiedFrame[] | null;
  /** Whether a sampled frame shows the object; without a stream every object counts as shown. */
  isShown(id: number): boolean;
  /** What the distance between two objects means. */
  distanceKind: DistanceKind;
  /** Metres, in the sense of distanceKind; null where the facts do not have it. */
  distance(a: SceneObject, b: SceneObject): number | null;
}

/**
 * Prepares a scene once for all its questions. Independent of the generator's code, so as not to repeat its mistakes.
 */
export function verifiedScene(facts: SceneFacts, settings: VerifySettings): VerifiedScene {
  const { protocol } = settings;
  const isOwnName = settings.labels === "canonical" && protocol.name !== "vsi-bench";
  const ofCategory = protocol.names === "wide" && isOwnName ? widestName : (category: string) => category;
  const nameOf = (object: SceneObject) => (settings.labels === "raw" ? object.label : ofCategory(object.category));
  const nameable = facts.objects.filter(({ excluded }) => excluded === null).sort((one, other) => one.id - other.id);
  const frames = facts.camera === null ? null : framesOf(facts.camera.frames, settings);
  const byName = groupByName(nameable, nameOf);
  const named = (name: string) => byName.get(name) ?? [];
  const shown = new Set(frames?.flatMap(({ seen }) => [...seen]));
  const [preferred, other] = protocol.distances;
  const kind =
    settings.distance ??
    (preferred === "surface" && facts.surface_distances === null ? (other ?? preferred) : preferred);
  return {
    facts,
    nameOf,
    objects: new Map(nameable.map((object) => [object.id, object])),
    named,
    doubtOf: protocol.names === "wide" ? nameDoubts(facts.objects, named) : () => null,
    published: publishedCounts(facts, ofCategory),
    frames,
    isShown: (id) => frames === null || shown.has(id),
    distanceKind: kind,
    distance: distanceOf(facts, kind),
  };
}

function publishedCounts({ counts }: SceneFacts, nameOf: (category: string) => string): VerifiedScene["published"] {
  const entries = Object.entries(counts ?? {});
  return (name) => {
    const ofName = entries.filter(([category]) => nameOf(category) === name).map(([, count]) => count);
    return ofName.length === 0 ? null : ofName.reduce((sum, count) => sum + count);
  };
}

function groupByName(
  objects: readonly SceneObject[],
  nameOf: (object: SceneObject) => string,
): Map<string, readonly SceneObject[]> {
  const named = new Map<string, SceneObject[]>();
  for (const object of objects) {
    const name = nameOf(object);
    const others = named.get(name);
    if (others) {
      others.push(object);
    } else {
      named.set(name, [object]);
    }
  }
  return named;
}

function framesOf(
  frames: readonly SampledFrame[],
  { minVisiblePixels, protocol }: Pick<VerifySettings, "minVisiblePixels" | "protocol">,
): VerifiedFrame[] {
  return frames.map(({ name, camera_to_world: pose, visible }, index) => {
    const column = (place: number): Vec3 => [at(pose, place), at(pose, 4 + place), at(pose, 8 + place)];
    return {
      name,
      number: index + 1,
      position: column(3),
      axes: [column(0), column(1), column(2)],
      seen: new Set(visible.filter(({ pixels }) => pixels >= minVisiblePixels).map(({ object_id }) => object_id)),
      distances_m: protocol.cameraDistance === "mesh" ? vertexDistances(visible) : new Map(),
    };
  });
}

function vertexDistances(visible: SampledFrame["visible"]): Map<number, number> {
  const distances_m = new Map<number, number>();
  for (const { object_id, distance_m } of visible) if (distance_m !== undefined) distances_m.set(object_id, distance_m);
  return distances_m;
}

/** Measures every pair once: boxes are slow, and questions name the same pairs over and over. */
function distanceOf(facts: SceneFacts, kind: DistanceKind): VerifiedScene["distance"] {
  const known = new Map<string, number>();
  if (kind === "surface") {
    for (const { a, b, distance_m } of facts.surface_distances ?? []) known.set(pairOf(a, b), distance_m);
    return (a, b) => known.get(pairOf(a.id, b.id)) ?? null;
  }
  const samples = new Map<number, SampledBox>();
  const sampleOf = ({ id, box }: SceneObject): SampledBox => {
    const sample = samples.get(id) ?? sampleBox(box);
    samples.set(id, sample);
    return sample;
  };
  const measure = {
    box: (a: SceneObject, b: SceneObject) => boxDistance(a.box, b.box),
    sampled: (a: SceneObject, b: SceneObject) => sampledBoxDistance(sampleOf(a), sampleOf(b)),
    centroid: centroidDistance,
  }[kind];
  return (a, b) => {
    const pair = pairOf(a.id, b.id);
    const distance_m = known.get(pair) ?? measure(a, b);
    known.set(pair, distance_m);
    return distance_m;
  };
}

function pairOf(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
