import type { QuestionType } from "@vsi/dataset";
import type { DistanceKind } from "./distances/objectDistances.ts";
import { type ProtocolName, protocolTypes } from "./protocols/protocols.ts";
import { VSI_100K } from "./protocols/vsi100k.ts";
import type { LabelKind } from "./scene/scene.ts";

export interface GenerateOptions {
  /** Wording, definitions and rules. */
  protocol: ProtocolName;
  /** The question types to make, of those that the protocol has; their order does not matter. */
  types: readonly QuestionType[];
  /** A safe integer. The same facts and seed give the same questions. */
  seed: number;
  /** At most this many questions a scene, by type; types without an entry keep the protocol's own limit. */
  maxPerScene: Readonly<Partial<Record<QuestionType, number>>>;
  /** Which names of the objects questions use. */
  labels: LabelKind;
  /** What the distance between two objects means. */
  distance: DistanceKind;
  /**
   * Pixels of a frame's depth image from which an object counts as seen there; at least 1. Of no account without a stream.
   * Facts whose `first_seen` was made with another number tell another order of appearance.
   */
  minVisiblePixels: number;
  /**
   * Whether counting asks what the sampled frames show, not what the room holds: labels of which some instances stay
   * unseen are then asked too. Of no account without a stream.
   */
  countVisible: boolean;
}

/**
 * The defaults under the default protocol. Another protocol brings its own `types`, `labels` and `distance`:
 * generateQuestions takes them from the protocol wherever they are left out.
 */
export const DEFAULT_GENERATE_OPTIONS: GenerateOptions = {
  protocol: "vsi-100k",
  types: protocolTypes(VSI_100K),
  seed: 0,
  maxPerScene: {},
  labels: VSI_100K.labels,
  distance: VSI_100K.distances[0],
  // What an object of 10 cm covers 8 m away in ScanNet's depth images (640 x 480, focal length 577 pixels), 7 x 7. VLM-3R's
  // generator takes one mask pixel for an appearance; that is what an object's edge leaves behind a door frame.
  minVisiblePixels: 50,
  countVisible: false,
};
