import type { QuestionType } from "@vsi/dataset";
import type { DistanceKind } from "../distances/objectDistances.ts";
import type { RouteRules } from "../routes/routeRules.ts";
import type { LabelKind } from "../scene/scene.ts";

/** A dataset's rules: how its questions are worded, what distance means in them, and which are refused. */
export interface Protocol {
  /** Written into every question. */
  name: string;
  /** The wording, with places in braces for the labels. The protocol has the types that have a template. */
  templates: Readonly<Partial<Record<QuestionType, string>>>;
  /** Questions a scan and type; without an entry, all there are. */
  maxPerScene: Readonly<Partial<Record<QuestionType, number>>>;
  /** The names that questions use, unless an option says otherwise. */
  labels: LabelKind;
  /** What distance means, unless an option says otherwise: the first that a scene's facts can tell. */
  distances: readonly [...DistanceKind[], DistanceKind];
  /** Whether the answers to choose from are listed with letters. */
  lettersOptions: boolean;
  absoluteDistance: {
    /** Metres; nearer pairs are refused. */
    smallestDistance_m: number;
  };
  relativeDistance: {
    /** Whether the four to choose from are one-instance labels, or labels of any number of instances. */
    choices: "single" | "any";
    /** Sets of four drawn for a target, until one is accepted. */
    draws: number;
    /** The nearest must be this far from the target, in metres. */
    smallestDistance_m: number;
    /**
     * "nearest": the second nearest must be farther than the nearest by at least the gap.
     * "all": each of the four must be farther than the next nearer by more than the gap.
     */
    gaps: "nearest" | "all";
    /** Metres. */
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
    /** Degrees that the angle must keep from every edge at which the answer becomes another. */
    smallestMargin_degree: number;
    /** Of the eight corners of the box asked about, at most this many may lie where the answer is another. */
    mostCornersElsewhere: number;
  };
  /** Null where the protocol has no routes. */
  routes: RouteRules | null;
}
