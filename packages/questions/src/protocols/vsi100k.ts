import { templatesOf } from "../types/registry.ts";
import type { Protocol } from "./protocol.ts";

/**
 * VSI-100k (Liao et al., "Improved Visual-Spatial Reasoning via R1-Zero-Like Training", arXiv 2504.00883v2): the
 * wordings are those of its figure 2. The paper gives no ambiguity rules; those below are the part of VSI-Bench's
 * (arXiv 2412.14171, as the public generator of VLM-3R has them) that holds for distances between centroids.
 */
export const VSI_100K: Protocol = {
  name: "vsi-100k",
  templates: templatesOf("vsi-100k"),
  // The paper has about 8k directions in 1,513 scans: six in each scan that has enough of them.
  maxPerScene: { object_rel_direction_easy: 6 },
  labels: "raw",
  // "Geometric centre" in the paper is the mean of the vertices: 6.1 m from shower to kitchen counter in its figure 2
  // comes out that way (6.08) and not between box centres (5.56).
  distances: ["centroid"],
  // The answer is the word itself: the paper removes the options.
  lettersOptions: false,
  names: "literal",
  objects: null,
  cameraDistance: "box",
  absoluteDistance: { smallestDistance_m: 0 },
  relativeDistance: {
    choices: "single",
    // The paper's 13k relative distances beside 13k sizes are one for each one-instance label. Where one draw in three
    // is refused, ten leave 1 target in 59,000 without a question.
    draws: 10,
    smallestDistance_m: 0,
    gaps: "nearest",
    smallestGap_m: 0.15,
    smallestGapInLargeRoom_m: 0.3,
    largeRoom_m2: 40,
  },
  relativeDirection: {
    smallestDistance_m: 0.3,
    largestDistance_m: 5,
    smallestMargin_degree: 10,
    // A box has eight: no question is refused for them.
    mostCornersElsewhere: 8,
    standpoints: null,
  },
  routes: null,
};
