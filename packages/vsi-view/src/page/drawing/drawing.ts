import type { Question, SceneObject, Vec3 } from "@vsi/dataset";
import type { ShownRoom } from "@vsi/questions/internal";

/**
 * What is drawn of a question into its room: plain data in metres, axis-aligned, +Z up, whoever draws it (the 3D view,
 * the plan where there is no WebGL).
 */
export interface Drawing {
  objects: DrawnObject[];
  segments: DrawnSegment[];
  points: DrawnPoint[];
  sectors: DrawnSector[];
  areas: DrawnArea[];
  /** Names of the frames whose cameras the question is about. */
  frames: string[];
}

/**
 * - `answer`: what was measured, or is right.
 * - `asked`: what the question names.
 * - `compared`: what was weighed against the answer.
 * - `helper`: no part of the measurement, such as the line from an object down to the floor.
 */
export type Emphasis = "answer" | "asked" | "compared" | "helper";

export interface DrawnObject {
  id: number;
  emphasis: Emphasis;
  label: string;
}

export interface DrawnSegment {
  from: Vec3;
  to: Vec3;
  emphasis: Emphasis;
  isArrow: boolean;
  /** Whether the ends are the measured points themselves; facts without them have a stand-in drawn, dashed. */
  isExact: boolean;
  /** Written at its middle; empty for none. */
  label: string;
}

export interface DrawnPoint {
  at: Vec3;
  emphasis: Emphasis;
  label: string;
}

/** A part of a disc that lies flat. */
export interface DrawnSector {
  center: Vec3;
  /** Radians from +X, counter-clockwise seen from above; `end` is the larger one. */
  start: number;
  end: number;
  radius_m: number;
  label: string;
  isAnswer: boolean;
}

/** Closed rings on the floor plane, as a room's outline has them. */
export interface DrawnArea {
  rings: readonly (readonly (readonly [number, number])[])[];
  height_m: number;
  label: string;
  labelAt: Vec3;
}

/** What a question's drawing is made from. */
export interface DrawInput {
  question: Question;
  room: ShownRoom;
  /** The evidence's objects that the scene has, in its order. */
  asked: readonly SceneObject[];
  /**
   * The vertex of an object that is closest to a point, where the mesh is loaded: facts tell how far a camera was from it,
   * not where it is.
   */
  closestVertex: (objectId: number, from: Vec3) => Vec3 | null;
}

export function drawingOf(parts: Partial<Drawing>): Drawing {
  return { objects: [], segments: [], points: [], sectors: [], areas: [], frames: [], ...parts };
}

export function segment(from: Vec3, to: Vec3, emphasis: Emphasis, parts: Partial<DrawnSegment> = {}): DrawnSegment {
  return { from, to, emphasis, isArrow: false, isExact: true, label: "", ...parts };
}

/** The same place at another height. */
export function atHeight([x, y]: readonly [number, number] | Vec3, height_m: number): Vec3 {
  return [x, y, height_m];
}

export function lengthOf([ax, ay, az]: Vec3, [bx, by, bz]: Vec3): number {
  return Math.hypot(bx - ax, by - ay, bz - az);
}

/** All points that a drawing has, to bring it into view. */
export function drawnPoints({ segments, points, sectors, areas }: Drawing): Vec3[] {
  return [
    ...segments.flatMap(({ from, to }) => [from, to]),
    ...points.map(({ at }) => at),
    ...sectors.flatMap(sectorPoints),
    ...areas.flatMap(({ rings, height_m }) => rings.flat().map((point) => atHeight(point, height_m))),
  ];
}

/** Points of a sector's arc, in each of so many parts of it: the view that has them has nearly all of the arc. */
const ARC_PARTS = 16;

function sectorPoints({ center: [x, y, z], start, end, radius_m }: DrawnSector): Vec3[] {
  const arc = Array.from({ length: ARC_PARTS + 1 }, (_, part): Vec3 => {
    const angle = start + ((end - start) * part) / ARC_PARTS;
    return [x + radius_m * Math.cos(angle), y + radius_m * Math.sin(angle), z];
  });
  return [[x, y, z], ...arc];
}
