/** Pose (64), two times, two sizes (8 each). */
export const SENS_FRAME_HEADER_BYTES = 96;

/** A frame's header and at least a byte of each image. */
export const SMALLEST_SENS_FRAME_BYTES = SENS_FRAME_HEADER_BYTES + 2;
