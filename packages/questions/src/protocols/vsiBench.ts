import routePlanning from "@vsi/question-templates/vsi-bench/route_planning.json" with { type: "json" };
import { templatesOf } from "../types/registry.ts";
import type { Protocol } from "./protocol.ts";

/**
 * VSI-Bench (Yang et al., arXiv 2412.14171): the wordings of its published questions, and its ambiguity rules as the
 * public generator of VLM-3R (arXiv 2505.20279) has them, without that generator's defects: its 0.30 m gap for large
 * rooms was computed and never used, its hard directions kept away from one of a quadrant's two edges only, and its
 * easy directions from none.
 */
export const VSI_BENCH: Protocol = {
  name: "vsi-bench",
  templates: templatesOf("vsi-bench"),
  // As many as vsi-100k asks in a scan; the benchmark itself was thinned out by hand. Of what a stream adds as many
  // again: a few dozen frames give thousands of candidates, which would drown the questions about the room.
  maxPerScene: {
    object_rel_direction_easy: 6,
    object_rel_direction_medium: 6,
    object_rel_direction_hard: 6,
    obj_appearance_order: 6,
    camera_displacement: 6,
    camera_movement_direction: 6,
    camera_obj_abs_dist: 6,
    camera_obj_rel_dist: 6,
    route_planning: 6,
  },
  labels: "canonical",
  // "Measuring from the closest point of each object": the meshes' closest vertices, and the boxes where there is no
  // mesh.
  distances: ["surface", "box"],
  lettersOptions: true,
  names: "literal",
  objects: null,
  cameraDistance: "box",
  absoluteDistance: { smallestDistance_m: 0.2 },
  relativeDistance: {
    choices: "any",
    // As vsi-100k: after ten sets without a clear order of distances, the target is left out.
    draws: 10,
    smallestDistance_m: 0.15,
    gaps: "all",
    smallestGap_m: 0.15,
    smallestGapInLargeRoom_m: 0.3,
    largeRoom_m2: 40,
  },
  relativeDirection: {
    smallestDistance_m: 0.3,
    largestDistance_m: 5,
    smallestMargin_degree: 10,
    mostCornersElsewhere: 2,
    standpoints: null,
  },
  // There is no public code for the benchmark's routes: these rules are ours.
  routes: {
    forward: routePlanning.forward,
    turn: routePlanning.turn,
    // A small household robot, narrow enough for a doorway of 0.75 m.
    bodyRadius_m: 0.2,
    // Over a desk, 0.75 m deep, to the monitor at its back, with the body in front of it.
    reach_m: 0.7,
    // A step and a half: less is not a walk between two objects.
    smallestLeg_m: 0.8,
    largestAim_degree: 20,
    // Left and right from 60 to 120 degrees, back from 150.
    smallestMargin_degree: 15,
    mostLegs: 5,
    // Furniture stands along walls, so routes lead back from there: without a limit, 56 % of the turns in 60 sample
    // rooms were turns back. Two, so that the first route may have the same turn twice.
    mostAhead: 2,
    shares: null,
  },
};
