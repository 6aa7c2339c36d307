/** What questions about a stream keep to: definitions of VSTI-Bench (VLM-3R, Fan et al., arXiv 2505.20279), but where noted. */
export const STREAM_RULES = {
  /** Seconds by which the first appearances of two categories must differ: more than this (VSI-Bench's generators). */
  smallestAppearanceGap_s: 1,
  /** Metres between two positions of the camera, and from the camera to an object. */
  smallestDistance_m: 0.2,
  largestDistance_m: 10,
  /** Metres that the camera must move, more than this, for its direction to be asked. */
  smallestMovement_m: 1,
  /**
   * Degrees from the movement to where another direction would be the main one; this project's own. Halfway between the
   * middle of a direction and the edge to the next, 45 degrees away, would be 22.5: 15 still lets a camera that looks 30
   * degrees down to the floor, as hand-held ones do, walk forward.
   */
  smallestMargin_degree: 15,
  /** Categories or objects listed in a question (VSI-Bench's wording). */
  listed: 4,
  /** Refusals a scene and type, so that a camera that stood still does not fill the rejects: ten for each of six questions. */
  mostRefused: 60,
} as const;
