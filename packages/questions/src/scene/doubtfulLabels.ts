import type { Reject } from "@vsi/dataset";
import type { SceneObject } from "@vsi/geometry";
import { remembered } from "../remembered.ts";
import { isAskable, isPlural, type NameReading, readingsOverlap, readName } from "./names.ts";

/** A label that questions about a room had better not use. */
export interface DoubtfulLabel {
  label: string;
  /** The objects that it names, ordered by id; at least one. */
  objects: readonly SceneObject[];
  /** The reject's. */
  code: string;
  message: string;
}

/**
 * The labels of a room that a viewer may understand otherwise than the annotation: "label-not-askable" for words that
 * may mean anything, "label-plural" where one of the annotations stands for many things, and "label-overlaps" where
 * another object of the room may go by the label too, such as an office chair beside a "chair".
 *
 * @param objectsByLabel by the names that questions would use.
 * @param present whatever stands, lies or hangs in the room, with its own label and category; objects that questions
 * may not name are seen all the same.
 * @returns in the order of `objectsByLabel`.
 */
export function doubtfulLabels(
  objectsByLabel: ReadonlyMap<string, readonly SceneObject[]>,
  present: readonly SceneObject[],
): DoubtfulLabel[] {
  // The facts may list them in any order.
  const byId = present.toSorted((one, other) => one.id - other.id);
  // A room's objects share most of their names: each is compared once with a label, and stands for all that bear it.
  const places = new Map<NameReading, number>();
  const placeOf = (name: string): number => remembered(places, readName(name), () => places.size);
  const seen = byId.map((object) => ({ object, label: placeOf(object.label), category: placeOf(object.category) }));
  const names = [...places.keys()];
  const rawLabels = new Map(present.map(({ id, label }) => [id, label]));
  return [...objectsByLabel].flatMap(([label, objects]): DoubtfulLabel[] => {
    if (!isAskable(label)) {
      const message = `"${label}" could mean many things.`;
      return [{ label, objects, code: "label-not-askable", message }];
    }
    const annotated = new Set([label, ...objects.map(({ id }) => rawLabels.get(id) ?? label)]);
    const plural = [...annotated].find(isPlural);
    if (plural !== undefined) {
      const message = `One annotation of "${plural}" stands for several things or for part of a mass.`;
      return [{ label, objects, code: "label-plural", message }];
    }
    const own = new Set(objects.map(({ id }) => id));
    const reading = readName(label);
    const isTaken = names.map((name) => readingsOverlap(reading, name));
    const other = seen.find((it) => (isTaken[it.label] || isTaken[it.category]) && !own.has(it.object.id));
    if (other === undefined) {
      return [];
    }
    const name = isTaken[other.label] ? other.object.label : other.object.category;
    const message = `"${label}" could also mean the "${name}" (id ${other.object.id}).`;
    return [{ label, objects, code: "label-overlaps", message }];
  });
}

/** Why a label is not asked about, as the reject says it. */
export function refuseLabel({
  code,
  message,
  objects,
}: DoubtfulLabel): Pick<Reject, "code" | "message" | "object_ids" | "value" | "limit" | "unit"> {
  return { code, message, object_ids: objects.map(({ id }) => id), value: null, limit: null, unit: null };
}
