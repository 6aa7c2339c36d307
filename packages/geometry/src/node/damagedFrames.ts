import { at } from "@vsi/dataset/internal";
import { GeometryError } from "../errors.ts";

/**
 * Faults of a single frame: its colour or depth image, or its own pose or image file. A stream that ends early or can't
 * be read is not one: more frames may be missing.
 */
const DAMAGE_CODES: ReadonlySet<string> = new Set([
  "sens-bad-color",
  "sens-color-truncated",
  "sens-bad-depth",
  "sens-depth-size",
  "frames-bad-color",
  "frames-color-truncated",
  "frames-bad-depth",
  "frames-pose-missing",
  "frames-number-twice",
  "frame-not-an-image",
  "matrix-bad-number",
  "matrix-bad-row",
  "matrix-bad-row-count",
  "file-empty",
  // A dangling link: listed in the folder, but leading nowhere.
  "file-missing",
]);

/** Whether an error means that one frame is damaged and the rest of the stream can be used. */
export function isFrameDamage(error: unknown): error is GeometryError {
  return error instanceof GeometryError && DAMAGE_CODES.has(error.code);
}

/** The frames of a stream that were looked at and can't be used, each with its first fault. */
export class DamagedFrames {
  readonly #faults = new Map<number, GeometryError>();

  get count(): number {
    return this.#faults.size;
  }

  has(index: number): boolean {
    return this.#faults.has(index);
  }

  add(index: number, fault: GeometryError): void {
    if (!this.#faults.has(index)) this.#faults.set(index, fault);
  }

  /**
   * What `read` gives; null, and the frame is kept as damaged, where it fails by the frame's fault. Other errors are
   * thrown on.
   */
  async attempt<Value>(index: number, read: () => Promise<Value>): Promise<Value | null> {
    try {
      return await read();
    } catch (error) {
      if (!isFrameDamage(error)) throw error;
      this.add(index, error);
      return null;
    }
  }

  /** The lowest frame's fault; null where no frame is damaged. */
  get first(): { index: number; fault: GeometryError } | null {
    let first: { index: number; fault: GeometryError } | null = null;
    for (const [index, fault] of this.#faults) if (first === null || index < first.index) first = { index, fault };
    return first;
  }
}

/** One sentence for the user: how many frames were left out, and why the first one was; null where none was. */
export function damageWarning(path: string, damaged: DamagedFrames): string | null {
  const { first, count } = damaged;
  if (first === null) return null;
  const { file, got, expected } = first.fault.detail;
  const where = file === path ? "" : `${file}: `;
  const left = count === 1 ? "skipped 1 damaged frame" : `skipped ${count} damaged frames, the first`;
  return `${path}: ${left}: frame ${first.index} (${where}got ${got}, expected ${expected}).`;
}

/**
 * The chosen frames, each damaged one replaced by the nearest frame that can be used and was not chosen, the earlier of
 * two as near; without one where none is left.
 *
 * @param indices Numbers of all frames that may be taken, increasing.
 * @param chosen Some of them, increasing.
 * @param isUsable Asked once a frame.
 * @returns Increasing, none twice.
 */
export async function takeUsable(
  indices: readonly number[],
  chosen: readonly number[],
  isUsable: (index: number) => Promise<boolean>,
): Promise<number[]> {
  const asked = new Set(chosen);
  const taken: number[] = [];
  const damaged: number[] = [];
  for (const index of chosen) ((await isUsable(index)) ? taken : damaged).push(index);
  const replacement = async (index: number): Promise<number | null> => {
    const position = indices.indexOf(index);
    for (let distance = 1; distance < indices.length; distance += 1) {
      for (const place of [position - distance, position + distance]) {
        if (place < 0 || place >= indices.length) continue;
        const neighbour = at(indices, place);
        if (asked.has(neighbour)) continue;
        asked.add(neighbour);
        if (await isUsable(neighbour)) return neighbour;
      }
    }
    return null;
  };
  for (const index of damaged) {
    const neighbour = await replacement(index);
    if (neighbour === null) break;
    taken.push(neighbour);
  }
  return taken.sort((first, second) => first - second);
}
