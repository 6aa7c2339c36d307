import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const COLOURS = { red: [230, 30, 30], blue: [30, 60, 230], green: [30, 200, 60], yellow: [240, 220, 30] } as const;
type Colour = keyof typeof COLOURS;

const NAMES = Object.keys(COLOURS) as Colour[];
const SIDE = 56;

/**
 * Rows of a task whose answer is only in the picture: which colour is the square? All answers are equally frequent.
 * Rows with other numbers (from `first` on) have other words and other pictures.
 */
export async function writeToyRows(
  folder: string,
  method: "sft" | "dpo" | "grpo",
  { first = 0, count }: { first?: number; count: number },
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const name = `${method}-${first}`;
  const rows = [];
  for (let at = first; at < first + count; at += 1) {
    const colour = NAMES[at % NAMES.length] as Colour;
    // Every wrong colour is rejected equally often, so that no margin comes from the words alone.
    const wrong = NAMES[(at + 1 + (Math.floor(at / NAMES.length) % (NAMES.length - 1))) % NAMES.length] as Colour;
    const image = join(folder, `${name}-${at}.ppm`);
    await writeFile(image, frame(colour, at));
    const prompt = [{ role: "user", content: `Which colour is the square in frame ${at}?` }];
    const row = { id: `${name}-${at}`, prompt, images: [image] };
    if (method === "sft") rows.push({ ...row, completion: assistant(colour) });
    if (method === "dpo") rows.push({ ...row, chosen: assistant(colour), rejected: assistant(wrong) });
    if (method === "grpo")
      rows.push({ ...row, ground_truth: colour, question_type: "object_rel_distance", options: null, mode: "vanilla" });
  }
  const file = join(folder, `${name}.jsonl`);
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return file;
}

function assistant(content: string): { role: string; content: string }[] {
  return [{ role: "assistant", content }];
}

/** A frame of some grey with one square, as portable pixmap: the one format that needs no library to write. */
function frame(colour: Colour, at: number): Buffer {
  const pixels = Buffer.alloc(SIDE * SIDE * 3, 100 + ((at * 37) % 101));
  const size = 28;
  const left = (at * 5) % (SIDE - size);
  const top = (at * 11 + 3 * Math.floor(at / size)) % (SIDE - size);
  for (let y = top; y < top + size; y += 1)
    for (let x = left; x < left + size; x += 1) pixels.set(COLOURS[colour], (y * SIDE + x) * 3);
  return Buffer.concat([Buffer.from(`P6\n${SIDE} ${SIDE}\n255\n`), pixels]);
}
