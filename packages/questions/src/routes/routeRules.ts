/** How a protocol words routes, and which it asks about. */
export interface RouteRules {
  /** A leg, with a place for the object it ends at. */
  forward: string;
  /** What stands for a turn. */
  turn: string;
  /** Metres: the body keeps this far from everything on all of its way. */
  bodyRadius_m: number;
  /** Metres on the floor plane, from the body's middle to the box of the object one stands at. */
  reach_m: number;
  /** Metres; a shorter leg is no walk. */
  smallestLeg_m: number;
  /** Degrees between a leg and the direction from where it begins to the middle of the object it ends at. */
  largestAim_degree: number;
  /** Degrees that each turn must keep from 45 (where ahead ends) and 135 (where back begins). */
  smallestMargin_degree: number;
  /** In a scene's routes, no turn may stand more than this many times more often than another. */
  mostAhead: number;
  /** A route has from two to this many legs. */
  mostLegs: number;
}
