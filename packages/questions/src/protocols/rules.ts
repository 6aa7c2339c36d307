import type { RulesName } from "../choices.ts";
import type { Protocol } from "./protocol.ts";

/** A protocol under the rules of a name. The protocols themselves are written down as their papers have them. */
export function protocolWith(protocol: Protocol, rules: RulesName): Protocol {
  switch (rules) {
    case "paper":
      return protocol;
    case "published":
      return published(protocol);
    case "careful":
      return careful(protocol);
  }
}

/** The published directions go over more than 5 m, and 59 of the published distances have gaps under 0.30 m in large rooms. */
function published(protocol: Protocol): Protocol {
  const { relativeDistance, relativeDirection } = protocol;
  return {
    ...protocol,
    relativeDistance: { ...relativeDistance, draws: null, smallestGapInLargeRoom_m: relativeDistance.smallestGap_m },
    relativeDirection: { ...relativeDirection, largestDistance_m: null },
  };
}

function careful(protocol: Protocol): Protocol {
  const { object_rel_direction_medium: medium, object_rel_direction_hard: hard } = protocol.maxPerScene;
  const { relativeDistance, relativeDirection, routes } = protocol;
  return {
    ...protocol,
    // More than the protocol has: what is ahead is left out again, and of rare answers there are few.
    maxPerScene: {
      ...protocol.maxPerScene,
      ...(medium === undefined ? {} : { object_rel_direction_medium: 10 }),
      ...(hard === undefined ? {} : { object_rel_direction_hard: 24 }),
    },
    names: "wide",
    objects: {
      // Vertices of ScanNet's meshes are 1 to 2 cm apart: a mug has 30, and the size of what has fewer than 50 is that
      // of a few lucky vertices.
      leastPoints: { counted: 10, named: 20, sized: 50 },
      mostStray: 0.05,
      duplicateOverlap: 0.5,
    },
    cameraDistance: "mesh",
    relativeDistance: { ...relativeDistance, draws: null },
    relativeDirection: {
      ...relativeDirection,
      largestDistance_m: null,
      standpoints: { standoff_m: 0.3, leastAgreeing: 0.8, leastAgreeingAligned: 0.75, highest_m: 1.8 },
    },
    // Of the 355 turns in VSI-Bench's published routes, 57 are turns back.
    routes: routes && { ...routes, shares: { back: 57 / 355 } },
  };
}
