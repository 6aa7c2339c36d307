import type { Camera } from "three";
import { Vector3 } from "three";
import type { RoomLabel } from "../drawing/labels.ts";

/** Pixels between labels. */
const GAP = 2;

/** How far a label moves from its place to find room, in heights of a line. */
const SHIFTS = [0, 1, -1, 2, -2, 3, -3];

/** The same for what a label at its place would cover: first above it, then below. */
const SHIFTS_BESIDE = [-1, 1, -2, 2, -3, 3, 0];

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
      const shifts = label.emphasis === null ? SHIFTS.slice(0, 1) : label.isBeside ? SHIFTS_BESIDE : SHIFTS;
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
