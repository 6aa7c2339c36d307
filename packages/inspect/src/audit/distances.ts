import { DatasetError, type QuestionType, type SceneFacts, type SceneObject } from "@vsi/dataset";
import { readScene } from "../folder/scene.ts";
import { byLot } from "./folds.ts";

/** How far apart two names' nearest objects are in one room, in metres. */
export interface NamedDistance {
  a: string;
  b: string;
  distance_m: number;
}

/** The distances known in each physical room: what the dataset's own evidence tells whoever learns from it. */
export type RoomDistances = ReadonlyMap<string, readonly NamedDistance[]>;

/** Means of more rooms hardly change, and their files would take seconds to read. */
const MOST_SCENES = 500;

/**
 * The distances between named objects in a dataset folder's scenes: between the surfaces where they were measured, else
 * between the axis-aligned boxes; of several instances the nearest two. Scenes whose file is missing are left out.
 *
 * @param sceneNames the scenes that questions are about; of more than 500, a sample by the seed is read.
 * @param names the names that questions use.
 * @throws DatasetError as in readScene, but for a missing file.
 */
export async function sceneDistances(
  folder: string,
  sceneNames: ReadonlyMap<string, string>,
  names: ReadonlySet<string>,
  seed: number,
): Promise<RoomDistances> {
  const found = new Map<string, NamedDistance[]>();
  for (const name of byLot([...sceneNames.keys()], String(seed)).slice(0, MOST_SCENES)) {
    const facts = await readScene(folder, name).catch((error: unknown) => {
      if (error instanceof DatasetError && error.code === "file-missing") return null;
      throw error;
    });
    const room = sceneNames.get(name);
    if (facts === null || room === undefined) continue;
    found.set(room, [...(found.get(room) ?? []), ...distancesIn(facts, names)]);
  }
  return found;
}

/** The questions of one type, as far as distances can be read off them. */
interface AnsweredGroup {
  type: QuestionType;
  kind: "number" | "choice";
  questions: readonly { room: string; places: Readonly<Record<string, string>>; value: number }[];
}

/** The same from the answers to questions for distances, where there are no scenes. */
export function askedDistances(groups: readonly AnsweredGroup[]): RoomDistances {
  const found = new Map<string, NamedDistance[]>();
  for (const { type, kind, questions } of groups) {
    if (type !== "object_abs_distance" || kind !== "number") continue;
    for (const { room, places, value } of questions) {
      const { a, b } = places;
      if (a === undefined || b === undefined) continue;
      const ofRoom = found.get(room) ?? [];
      found.set(room, ofRoom);
      ofRoom.push({ a, b, distance_m: value });
    }
  }
  return found;
}

function distancesIn({ objects, surface_distances }: SceneFacts, names: ReadonlySet<string>): NamedDistance[] {
  const surfaces = new Map((surface_distances ?? []).map(({ a, b, distance_m }) => [`${a} ${b}`, distance_m]));
  const named = objects.flatMap((object) => {
    const own = [...new Set([object.label, object.category])].filter((name) => names.has(name));
    return own.length === 0 ? [] : [{ object, own }];
  });
  const nearest = new Map<string, NamedDistance>();
  for (const [index, { object, own }] of named.entries()) {
    for (const other of named.slice(index + 1)) {
      const [low, high] = object.id < other.object.id ? [object, other.object] : [other.object, object];
      const distance_m = surfaces.get(`${low.id} ${high.id}`) ?? boxGap(object, other.object);
      for (const first of own) {
        for (const second of other.own) {
          if (first === second) continue;
          const [a, b] = first < second ? [first, second] : [second, first];
          const known = nearest.get(`${a}\n${b}`);
          if (known === undefined || distance_m < known.distance_m) nearest.set(`${a}\n${b}`, { a, b, distance_m });
        }
      }
    }
  }
  return [...nearest.values()];
}

/** Metres between two axis-aligned boxes; 0 where they touch. */
function boxGap({ aabb: one }: SceneObject, { aabb: other }: SceneObject): number {
  const gaps = ([0, 1, 2] as const).map((axis) =>
    Math.max(0, one.min[axis] - other.max[axis], other.min[axis] - one.max[axis]),
  );
  return Math.hypot(...gaps);
}
