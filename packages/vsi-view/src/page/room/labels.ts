import type { Vec3 } from "@vsi/dataset";
import type { Camera } from "three";
import { Vector3 } from "three";
import { type Drawing, drawnPoints, type Emphasis } from "../drawing/drawing.ts";

/** A text at a place of the room. */
export interface RoomLabel {
  at: Vec3;
  text: string;
  /** Null for an object that the question is not about. */
  emphasis: Emphasis | null;
}

/** The labels of a drawing, the most important first: where there is no room for all, the first stay. */
export function drawingLabels(drawing: Drawing, centerOf: (objectId: number) => Vec3 | null): RoomLabel[] {
  const middle = (from: Vec3, to: Vec3) => from.map((value, k) => (value + (to[k] as number)) / 2) as Vec3;
  const labels: RoomLabel[] = [
    ...drawing.segments.map(({ from, to, label, emphasis }) => ({ at: middle(from, to), text: label, emphasis })),
    ...drawing.areas.map(({ labelAt, label }) => ({ at: labelAt, text: label, emphasis: "answer" as const })),
    ...drawing.objects.flatMap(({ id, label, emphasis }) => {
      const at = centerOf(id);
      return at ? [{ at, text: label, emphasis }] : [];
    }),
    ...drawing.points.map(({ at, label, emphasis }) => ({ at, text: label, emphasis })),
    ...drawing.sectors.map(({ center, start, end, radius_m, label, isAnswer }): RoomLabel => {
      const [angle, reach] = [(start + end) / 2, 0.7 * radius_m];
      const at: Vec3 = [center[0] + reach * Math.cos(angle), center[1] + reach * Math.sin(angle), center[2]];
      return { at, text: label, emphasis: isAnswer ? "answer" : "compared" };
    }),
  ];
  const order: (Emphasis | null)[] = ["answer", "asked", "compared", "helper"];
  return labels
    .filter(({ text }) => text !== "")
    .sort((one, other) => order.indexOf(one.emphasis) - order.indexOf(other.emphasis));
}

/** The middle of what a drawing shows; null for an empty one. */
export function drawingCenter(drawing: Drawing, centerOf: (objectId: number) => Vec3 | null): Vec3 | null {
  const points = [
    ...drawnPoints(drawing),
    ...drawing.objects.flatMap(({ id }) => centerOf(id) ?? ([] as Vec3[])),
  ] as Vec3[];
  if (points.length === 0) return null;
  const mean = (k: 0 | 1 | 2) => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  return [mean(0), mean(1), mean(2)];
}

/** Pixels between labels. */
const GAP = 2;

/** How far a label moves from its place to find room, in heights of a line. */
const SHIFTS = [0, 1, -1, 2, -2, 3, -3];

interface Shown {
  label: RoomLabel;
  element: HTMLElement;
  width: number;
  height: number;
}

/** Labels as elements over the canvas: sharp at any zoom, and text to whoever reads the page. */
export class LabelLayer {
  readonly #host: HTMLElement;
  #shown: Shown[] = [];

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** @param labels the most important first. */
  set(labels: readonly RoomLabel[]): void {
    const elements = labels.map(({ text, emphasis }) => {
      const element = document.createElement("span");
      element.className = emphasis === null ? "label" : `label ${emphasis}`;
      element.textContent = text;
      return element;
    });
    this.#host.replaceChildren(...elements);
    this.#shown = labels.map((label, index) => {
      const element = elements[index] as HTMLElement;
      return { label, element, width: element.offsetWidth, height: element.offsetHeight };
    });
  }

  /** Puts every label where the camera sees its place; those that would cover another move, or are left out. */
  place(camera: Camera, width: number, height: number): void {
    const taken: [left: number, top: number, right: number, bottom: number][] = [];
    const projected = new Vector3();
    for (const { label, element, width: w, height: h } of this.#shown) {
      projected.set(...label.at).project(camera);
      const x = ((projected.x + 1) / 2) * width;
      const y = ((1 - projected.y) / 2) * height;
      const isInView = projected.z < 1 && projected.z > -1 && x > 0 && x < width && y > 0 && y < height;
      // Half a label at the edge says nothing.
      const left = Math.max(GAP, Math.min(width - w - GAP, x - w / 2));
      const shifts = label.emphasis === null ? SHIFTS.slice(0, 1) : SHIFTS;
      const tops = isInView ? shifts.map((shift) => y - h / 2 + shift * (h + GAP)) : [];
      const top = tops.find(
        (candidate) =>
          candidate >= 0 &&
          candidate + h <= height &&
          taken.every(
            ([l, t, r, b]) =>
              left + w + GAP <= l || left >= r + GAP || candidate + h + GAP <= t || candidate >= b + GAP,
          ),
      );
      element.style.visibility = top === undefined ? "hidden" : "visible";
      if (top === undefined) continue;
      element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
      taken.push([left, top, left + w, top + h]);
    }
  }
}
