import type { PlanLine, PlanPoint } from "@vsi/questions";
import { escapeXml } from "@vsi/report/internal";
import { middleOf, type Plan, planBounds } from "./plan.ts";

/** Pixels of the longer side of the room. */
const DRAWN_SIZE = 640;

/** Pixels around the room, for labels that stand at its edge. */
const PADDING = 60;
const FONT_SIZE = 14;

/** Pixels: roughly the width of a letter, to keep labels apart. */
const LETTER_WIDTH = 7.5;
const LINE_HEIGHT = 17;

const STYLE = `text{font:${FONT_SIZE}px system-ui,sans-serif;fill:#1a1a1a;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
.title{text-anchor:start;stroke:none}.room{fill:#f4f1ea;stroke:#8a8373;stroke-width:2}.box{fill:#dcdcdc;fill-opacity:.6;stroke:#9a9a9a}
.asked{fill:#7db3e8;fill-opacity:.7;stroke:#0b5394;stroke-width:2}.line{stroke:#8a8a8a;stroke-width:1.5;stroke-dasharray:5 4;fill:none}
.answer{stroke:#c0392b;stroke-width:2.5;stroke-dasharray:none}.point{fill:#c0392b;stroke:#fff;stroke-width:1.5}`;

/** Whether a file with this beginning is one of our drawings, which may be replaced: no other SVG has this style. */
export function isOurDrawing(beginning: string): boolean {
  return beginning.startsWith("<svg ") && beginning.includes(`</title><style>${STYLE}</style>`);
}

/**
 * A plan as a self-contained SVG: no script, nothing loaded, every text escaped; the same plan gives the same bytes.
 *
 * @param title written above the drawing, and read out by screen readers.
 */
export function planSvg(plan: Plan, title: string): string {
  const { min, max } = planBounds(plan);
  const [width_m, depth_m] = [max[0] - min[0], max[1] - min[1]];
  const scale = DRAWN_SIZE / Math.max(width_m, depth_m, 1);
  const place = ([x, y]: PlanPoint): PlanPoint => [PADDING + (x - min[0]) * scale, PADDING + (max[1] - y) * scale];
  const titleLines = brokenLines(title, Math.floor((width_m * scale + 2 * PADDING) / LETTER_WIDTH));
  const top = titleLines.length * LINE_HEIGHT;
  const polygon = (corners: readonly PlanPoint[], style: string) =>
    `<polygon class="${style}" points="${corners.map((corner) => place(corner).map(digits).join(",")).join(" ")}"/>`;
  const labels = new Labels();
  for (const { corners, label } of plan.boxes) {
    if (label !== null) labels.add(place(middleOf(corners)), label);
  }
  for (const { from, to, label } of plan.lines) labels.add(place(middleOf([from, to])), label);
  for (const { at, label } of plan.points) {
    const [x, y] = place(at);
    labels.add([x, y + FONT_SIZE], label);
  }
  const [width, height] = [width_m * scale + 2 * PADDING, depth_m * scale + 2 * PADDING + top].map(digits);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(title)}</title><style>${STYLE}</style>`,
    `<defs>${marker("plain", "#8a8a8a")}${marker("answer", "#c0392b")}</defs><rect width="100%" height="100%" fill="#fff"/>`,
    ...titleLines.map(
      (line, index) => `<text class="title" x="10" y="${(index + 1) * LINE_HEIGHT + 4}">${escapeXml(line)}</text>`,
    ),
    `<g transform="translate(0 ${top})">`,
    ...plan.outline.map((ring) => polygon(ring, "room")),
    ...plan.boxes.filter(({ label }) => label === null).map(({ corners }) => polygon(corners, "box")),
    ...plan.boxes.filter(({ label }) => label !== null).map(({ corners }) => polygon(corners, "box asked")),
    ...plan.lines.map((line) => drawnLine(line, place)),
    ...plan.points.map(({ at }) => circle(place(at))),
    ...labels.drawn(),
    "</g></svg>\n",
  ].join("\n");
}

function marker(name: string, color: string): string {
  return `<marker id="${name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="${color}"/></marker>`;
}

function drawnLine({ from, to, isArrow, isAnswer }: PlanLine, place: (point: PlanPoint) => PlanPoint): string {
  const [[x1, y1], [x2, y2]] = [place(from), place(to)];
  const end = isArrow ? ` marker-end="url(#${isAnswer ? "answer" : "plain"})"` : "";
  return `<line class="line${isAnswer ? " answer" : ""}" x1="${digits(x1)}" y1="${digits(y1)}" x2="${digits(x2)}" y2="${digits(y2)}"${end}/>`;
}

function circle([x, y]: PlanPoint): string {
  return `<circle class="point" cx="${digits(x)}" cy="${digits(y)}" r="5"/>`;
}

/** Labels that do not overlap: a later one moves down until there is room. */
class Labels {
  readonly #placed: { x: number; y: number; width: number; text: string }[] = [];

  add([x, y]: PlanPoint, text: string): void {
    if (text === "") return;
    const width = text.length * LETTER_WIDTH;
    const overlaps = (top: number) =>
      this.#placed.some(
        (other) => Math.abs(other.y - top) < LINE_HEIGHT && Math.abs(other.x - x) < (other.width + width) / 2,
      );
    let lowered = y + FONT_SIZE / 3;
    while (overlaps(lowered)) lowered += LINE_HEIGHT / 2;
    this.#placed.push({ x, y: lowered, width, text });
  }

  drawn(): string[] {
    return this.#placed.map(({ x, y, text }) => `<text x="${digits(x)}" y="${digits(y)}">${escapeXml(text)}</text>`);
  }
}

function brokenLines(text: string, length: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + word.length >= length) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Hundredths of a pixel: nobody sees more, and files stay small. */
function digits(value: number): string {
  return String(Number(value.toFixed(2)));
}
