import type { QuestionType } from "@vsi/dataset";
import type { SceneObject } from "@vsi/geometry";

/** A dataset's rules: how its questions are worded, what distance means in them, and which are refused. */
export interface Protocol {
  /** Written into every question. */
  name: string;
  /** The wording, with places in braces for the labels. */
  templates: Readonly<Record<QuestionType, string>>;
  /** Questions a scan and type; without an entry, all there are. */
  maxPerScene: Readonly<Partial<Record<QuestionType, number>>>;
  /** Distance between two objects in metres. */
  distance(a: SceneObject, b: SceneObject): number;
  relativeDistance: {
    /** Sets of four drawn for a target, until one is accepted. */
    draws: number;
    /** The second nearest must be farther than the nearest by this, in metres. */
    smallestGap_m: number;
    /** The same where the room's area is over `largeRoom_m2`. */
    smallestGapInLargeRoom_m: number;
    /** Square metres. */
    largeRoom_m2: number;
  };
  relativeDirection: {
    /** All three objects must be this far apart, on the floor plane, in metres. */
    smallestDistance_m: number;
    largestDistance_m: number;
    /** Degrees that the angle must keep from 0 and 180, where left and right meet. */
    smallestMargin_degree: number;
  };
}
