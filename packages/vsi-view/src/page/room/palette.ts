import type { Emphasis } from "../drawing/drawing.ts";
import { readColours } from "../parts/colours.ts";

/** Colours of a room, as CSS has them for the theme that is on. */
export type Palette = Readonly<Record<Emphasis | "background" | "floor" | "wall" | "box" | "edge" | "camera", string>>;

const PROPERTIES: Readonly<Record<keyof Palette, string>> = {
  answer: "--answer",
  asked: "--asked",
  compared: "--compared",
  helper: "--helper",
  background: "--room",
  floor: "--room-floor",
  wall: "--room-wall",
  box: "--room-box",
  edge: "--room-edge",
  camera: "--camera",
};

export function readPalette(within: HTMLElement): Palette {
  return readColours(within, PROPERTIES);
}
