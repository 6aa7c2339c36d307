/** A coordinate of a point: x, y or z. */
export type Axis = 0 | 1 | 2;

export const AXES: readonly Axis[] = [0, 1, 2];
