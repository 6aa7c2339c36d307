import type { Emphasis } from "../drawing/drawing.ts";

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

/** Reads the custom properties as colours that three understands: light-dark() is resolved by an element alone. */
export function readPalette(within: HTMLElement): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  within.append(probe);
  const entries = Object.entries(PROPERTIES).map(([name, property]) => {
    probe.style.color = `var(${property})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(entries) as Palette;
}
