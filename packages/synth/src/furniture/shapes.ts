import type { Vec3 } from "@vsi/dataset";
import type { BoxPart } from "./piece.ts";

/** The parts of a piece of a given size; the first part's top is where another piece may stand. */
export type PartShape = (size: Vec3) => BoxPart[];

const BOARD_THICKNESS = 0.04;

function box(min: Vec3, max: Vec3): BoxPart {
  return { min, max };
}

function fourLegs([width, depth]: Vec3, side: number, height: number): BoxPart[] {
  const [x, y] = [width / 2, depth / 2];
  return [
    box([-x, -y, 0], [side - x, side - y, height]),
    box([x - side, -y, 0], [x, side - y, height]),
    box([x - side, y - side, 0], [x, y, height]),
    box([-x, y - side, 0], [side - x, y, height]),
  ];
}

/** A plain box: cabinet, refrigerator, suitcase. */
export const block: PartShape = ([width, depth, height]) => [
  box([-width / 2, -depth / 2, 0], [width / 2, depth / 2, height]),
];

/** A board on four legs. */
export const table: PartShape = (size) => [
  box([-size[0] / 2, -size[1] / 2, size[2] - BOARD_THICKNESS], [size[0] / 2, size[1] / 2, size[2]]),
  ...fourLegs(size, 0.05, size[2] - BOARD_THICKNESS),
];

/** A seat on four legs, and a back. */
export const chair: PartShape = (size) => {
  const [x, y, seat] = [size[0] / 2, size[1] / 2, 0.45];
  return [
    box([-x, -y, seat - BOARD_THICKNESS], [x, y, seat]),
    box([-x, y - BOARD_THICKNESS, seat], [x, y, size[2]]),
    ...fourLegs(size, 0.04, seat - BOARD_THICKNESS),
  ];
};

/** A seat on a post and a foot, and a back. */
export const officeChair: PartShape = ([width, depth, height]) => {
  const [x, y, seat] = [width / 2, depth / 2, 0.48];
  return [
    box([-x, -y, seat - 0.08], [x, y, seat]),
    box([0.06 - x, y - 0.06, seat], [x - 0.06, y, height]),
    box([-0.04, -0.04, 0.06], [0.04, 0.04, seat - 0.08]),
    box([-0.7 * x, -0.7 * y, 0], [0.7 * x, 0.7 * y, 0.06]),
  ];
};

/** A seat down to the floor, a back and two arms. */
export const sofa: PartShape = ([width, depth, height]) => {
  const [x, y, seat, arm] = [width / 2, depth / 2, 0.42, 0.15];
  return [
    box([-x, -y, 0], [x, y, seat]),
    box([-x, y - 0.2, seat], [x, y, height]),
    box([-x, -y, seat], [arm - x, y - 0.2, seat + 0.18]),
    box([x - arm, -y, seat], [x, y - 0.2, seat + 0.18]),
  ];
};

/** A mattress on its base, and a headboard. */
export const bed: PartShape = ([width, depth, height]) => {
  const [x, y, mattress] = [width / 2, depth / 2, 0.5];
  return [box([-x, -y, 0], [x, y, mattress]), box([-x, y - 0.06, mattress], [x, y, height])];
};

/** Two sides, a back, and a shelf about every 40 cm. */
export const shelves: PartShape = ([width, depth, height]) => {
  const [x, y, side] = [width / 2, depth / 2, 0.03];
  const spaces = Math.max(1, Math.round(height / 0.4));
  const boards = Array.from({ length: spaces + 1 }, (_, i) => {
    const bottom = (i / spaces) * (height - side);
    return box([side - x, -y, bottom], [x - side, y - 0.02, bottom + side]);
  });
  return [
    box([-x, -y, 0], [side - x, y, height]),
    box([x - side, -y, 0], [x, y, height]),
    box([side - x, y - 0.02, 0], [x - side, y, height]),
    ...boards,
  ];
};

/** An open box: a bottom and four sides. */
export const container: PartShape = ([width, depth, height]) => {
  const [x, y, side] = [width / 2, depth / 2, 0.02];
  return [
    box([-x, -y, 0], [x, y, side]),
    box([-x, -y, side], [x, side - y, height]),
    box([-x, y - side, side], [x, y, height]),
    box([-x, side - y, side], [side - x, y - side, height]),
    box([x - side, side - y, side], [x, y - side, height]),
  ];
};

/** A foot, a pole and a shade. */
export const lamp: PartShape = ([width, depth, height]) => {
  const [x, y, shade] = [width / 2, depth / 2, 0.75 * height];
  return [
    box([-x, -y, 0], [x, y, 0.03]),
    box([-0.02, -0.02, 0.03], [0.02, 0.02, shade]),
    box([-0.9 * x, -0.9 * y, shade], [0.9 * x, 0.9 * y, height]),
  ];
};

/** A pot under its leaves. */
export const pottedPlant: PartShape = ([width, depth, height]) => {
  const [x, y, pot] = [width / 2, depth / 2, 0.35 * height];
  return [box([-0.6 * x, -0.6 * y, 0], [0.6 * x, 0.6 * y, pot]), box([-x, -y, pot], [x, y, height])];
};

/** A screen on a foot. */
export const screen: PartShape = ([width, depth, height]) => {
  const [x, y, foot] = [width / 2, depth / 2, 0.15 * height];
  return [box([-x, -y, foot], [x, y, height]), box([-0.4 * x, -y, 0], [0.4 * x, y, foot])];
};

/** Two posts and a lintel. */
export const frame: PartShape = ([width, depth, height]) => {
  const [x, y, post] = [width / 2, depth / 2, 0.05];
  return [
    box([-x, -y, 0], [post - x, y, height]),
    box([x - post, -y, 0], [x, y, height]),
    box([post - x, -y, height - post], [x - post, y, height]),
  ];
};
