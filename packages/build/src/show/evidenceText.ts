import type { Question } from "@vsi/dataset";
import type { DistanceKind } from "@vsi/questions";
import type { VerifiedScene } from "../verify/verifiedScene.ts";

/** Between what two objects' distance was measured. */
const MEASURED_BETWEEN: Readonly<Record<DistanceKind, string>> = {
  surface: "the closest vertices",
  box: "the boxes",
  sampled: "points sampled on the boxes",
  centroid: "the centroids",
};

const UNITS = { m: "m", cm: "cm", m2: "m²", degree: "degrees", s: "s", count: "" } as const;

/** What an answer rests on, in a sentence for a person. */
export function evidenceText({ question_type: type, evidence, ground_truth }: Question, scene: VerifiedScene): string {
  const named = evidence.object_ids.map((id) => {
    const object = scene.objects.get(id);
    return `${object ? scene.nameOf(object) : "an object that is not in the scene"} (id ${id})`;
  });
  const [first, second, third] = named;
  const unit = evidence.unit === null ? "" : UNITS[evidence.unit];
  const value = `${evidence.value === null ? "no number" : Number(evidence.value.toFixed(4))} ${unit}`.trim();
  const margin = evidence.margin === null ? "" : `; ${Number(evidence.margin.toFixed(4))} ${unit} from another answer`;
  const frames = evidence.frames ?? [];
  const between = MEASURED_BETWEEN[scene.distanceKind];
  switch (type) {
    case "object_counting":
      return `counted: ${named.join(", ")}`;
    case "object_size_estimation":
      return `the longest side of the box of ${first}: ${value}`;
    case "room_size_estimation":
      return `the floor's area: ${value}`;
    case "object_abs_distance":
      return `measured between ${between} of ${first} and ${second}: ${value}`;
    case "object_rel_distance":
      return `measured between ${between} of ${first} and each of ${named.slice(1).join(", ")}; the nearest, ${ground_truth}, is ${value} away${margin}`;
    case "object_rel_direction_easy":
    case "object_rel_direction_medium":
    case "object_rel_direction_hard":
      return `standing at the centroid of ${first} and facing that of ${second}, one turns ${value} (left is positive) to face that of ${third}${margin}`;
    case "obj_appearance_order":
      return `first seen over the whole stream: ${ground_truth} (${named.join(", ")})${margin}`;
    case "camera_displacement":
      return `between the camera's positions in ${frames.join(" and ")}: ${value}`;
    case "camera_movement_direction":
      return `from ${frames.join(" to ")} the camera moved at ${value} to its own "${ground_truth}"${margin}`;
    case "camera_obj_abs_dist":
      return `from the camera in ${frames.join(", ")} to the box of ${first}: ${value}`;
    case "camera_obj_rel_dist":
      return `from the camera in ${frames.join(", ")} to the boxes of ${named.join(", ")}; the nearest, ${ground_truth}, is ${value} away${margin}`;
    case "route_planning":
      return `walked from ${named.join(" to ")}: ${ground_truth}${margin}`;
  }
}
