import { type Question, questionTypeRow } from "@vsi/dataset";
import type { PlanLine, PlanPoint } from "@vsi/dataset/internal";
import { textWidth, wrapText } from "../parts/text.ts";
import { escapeXml } from "../text.ts";
import { type LabelRequest, type PlacedLabel, placeLabels } from "./labels.ts";
import { middleOf, type Plan, planBounds } from "./plan.ts";

/** Pixels of the longer side of the room, unless told otherwise. */
const DRAWN_SIZE = 640;

/** Pixels around the room, for labels that stand at its edge. */
const PADDING = 60;

/** Pixels: narrower pictures would break the question into too many lines. */
const LEAST_WIDTH = 420;
const FONT_SIZE = 14;

/** Bold letters are a little wider. */
const BOLD = 1.1;
const LINE_HEIGHT = 18;

/** Pixels of the strip below the room, with the scale bar. */
const STRIP = 40;

/** Pixels of the longest scale bar. */
const LONGEST_BAR = 160;

const LIGHT =
  "--ground:#fff;--ink:#1a1a1a;--soft:#5b6472;--room:#f4f1ea;--wall:#8a8373;--box:#dcdcdc;--edge:#9a9a9a;--asked:#7db3e8;--asked-edge:#0b5394;--line:#7a7a7a;--answer:#c0392b";
const DARK =
  "--ground:#14171b;--ink:#e6e8ec;--soft:#a3abb8;--room:#23211c;--wall:#8f8876;--box:#3a3f47;--edge:#666d78;--asked:#1d4f80;--asked-edge:#7db3e8;--line:#9aa2ae;--answer:#ff8a80";

const STYLE = `:root{${LIGHT}}@media(prefers-color-scheme:dark){:root{${DARK}}}
text{font:${FONT_SIZE}px system-ui,sans-serif;fill:var(--ink)}.label{text-anchor:middle;paint-order:stroke;stroke:var(--room);stroke-width:3px;stroke-linejoin:round}
.ground{fill:var(--ground)}.question{font-weight:600}.soft{fill:var(--soft)}.true{fill:var(--answer);font-weight:600}
.room{fill:var(--room);stroke:var(--wall);stroke-width:2}.box{fill:var(--box);fill-opacity:.6;stroke:var(--edge)}
.asked{fill:var(--asked);fill-opacity:.7;stroke:var(--asked-edge);stroke-width:2}.line{stroke:var(--line);stroke-width:1.5;stroke-dasharray:5 4;fill:none}
.answer{stroke:var(--answer);stroke-width:2.5;stroke-dasharray:none}.point{fill:var(--answer);stroke:var(--ground);stroke-width:1.5}
.leader{stroke:var(--soft);stroke-width:1}.bar{stroke:var(--ink);stroke-width:1.5;fill:none}.tip{fill:var(--line)}.tip.answer{fill:var(--answer);stroke:none}`;

/** How the style of drawings began before they had one for the dark. */
const EARLIER_STYLE = "<style>text{font:14px system-ui,sans-serif;fill:#1a1a1a;";

/** Whether a file with this beginning is one of our drawings, which may be replaced: no other SVG has this style. */
export function isOurDrawing(beginning: string): boolean {
  const styles = [`</title><style>${STYLE}</style>`, `</title>${EARLIER_STYLE}`];
  return beginning.startsWith("<svg ") && styles.some((style) => beginning.includes(style));
}

/** The parts of a question that a drawing shows. */
export type DrawnQuestion = Pick<Question, "question" | "question_type" | "options" | "mc_answer" | "ground_truth">;

/**
 * A plan as a self-contained SVG, light and dark: the question, its options and its answer, the room from above, and a
 * scale bar. No script, nothing loaded, every text escaped; the same plan gives the same bytes.
 *
 * @param size pixels of the room's longer side. Texts are as high whatever it is.
 */
export function planSvg(plan: Plan, question: DrawnQuestion, size: number = DRAWN_SIZE): string {
  const { min, max } = planBounds(plan);
  const [width_m, depth_m] = [max[0] - min[0], max[1] - min[1]];
  const scale = size / Math.max(width_m, depth_m, 1);
  const width = Math.max(LEAST_WIDTH, width_m * scale + 2 * PADDING);
  const left = (width - width_m * scale) / 2;
  const place = ([x, y]: PlanPoint): PlanPoint => [left + (x - min[0]) * scale, PADDING + (max[1] - y) * scale];
  const texts = textLines(question, width - 20);
  const top = texts.length * LINE_HEIGHT + 10;
  const depth = depth_m * scale + 2 * PADDING;
  const polygon = (corners: readonly PlanPoint[], style: string) =>
    `<polygon class="${style}" points="${corners.map((corner) => place(corner).map(digits).join(",")).join(" ")}"/>`;
  const [shownWidth, height] = [width, top + depth + STRIP].map(digits);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${shownWidth} ${height}" width="${shownWidth}" height="${height}" role="img">`,
    `<title>${escapeXml(question.question)}</title><style>${STYLE}</style>`,
    `<defs>${marker("plain", "tip")}${marker("answer", "tip answer")}</defs><rect class="ground" width="100%" height="100%"/>`,
    ...texts.map(
      ({ text, style }, index) =>
        `<text class="${style}" x="10" y="${(index + 1) * LINE_HEIGHT + 4}">${escapeXml(text)}</text>`,
    ),
    `<g transform="translate(0 ${top})">`,
    ...plan.outline.map((ring) => polygon(ring, "room")),
    ...plan.boxes.filter(({ label }) => label === null).map(({ corners }) => polygon(corners, "box")),
    ...plan.boxes.filter(({ label }) => label !== null).map(({ corners }) => polygon(corners, "box asked")),
    ...plan.lines.map((line) => drawnLine(line, place)),
    ...plan.points.map(({ at }) => circle(place(at))),
    ...labelsOf(plan, place, { width, height: depth }).map(drawnLabel),
    ...scaleBar(scale, depth),
    "</g></svg>\n",
  ].join("\n");
}

/** The question, its options and its answer, in lines of this many pixels. */
function textLines(question: DrawnQuestion, width: number): { text: string; style: string }[] {
  const { options, mc_answer: letter, ground_truth: truth, question_type: type } = question;
  const unit = UNITS[questionTypeRow(type).unit ?? "count"];
  const lines = (text: string, style: string) =>
    wrapText(text.replace(/\s+/gu, " ").trim(), FONT_SIZE * BOLD, width).map((line) => ({ text: line, style }));
  return [
    ...lines(question.question, "question"),
    ...(options ?? []).flatMap((option) => lines(option, "soft")),
    ...lines(`Answer: ${letter === null ? `${truth}${unit}` : `${letter}. ${truth}`}`, "true"),
  ];
}

const UNITS = { count: "", m: " m", cm: " cm", m2: " m²" } as const;

function labelsOf(plan: Plan, place: (point: PlanPoint) => PlanPoint, size: { width: number; height: number }) {
  const asked = plan.boxes.filter(({ label }) => label !== null);
  const shapeOf = ({ corners }: Plan["boxes"][number]) => corners.map(place);
  const request = (named: readonly PlanPoint[], text: string): LabelRequest[] =>
    text === "" ? [] : [{ text, named, width: textWidth(text, FONT_SIZE), height: LINE_HEIGHT }];
  return placeLabels(
    [
      ...asked.flatMap((box) => request(shapeOf(box), box.label ?? "")),
      ...plan.points.flatMap(({ at, label }) => request(around(place(at)), label)),
      ...plan.lines.flatMap(({ from, to, label }) => request([middleOf([place(from), place(to)])], label)),
    ],
    {
      ...size,
      shapes: asked.map(shapeOf),
      lines: plan.lines.map(({ from, to }) => [place(from), place(to)]),
      points: plan.points.map(({ at }) => around(place(at))),
      better: [
        ...plan.boxes.filter(({ label }) => label === null).map(shapeOf),
        ...plan.outline.flatMap((ring) =>
          ring.map((corner, index) => [place(corner), place(ring[(index + 1) % ring.length] ?? corner)]),
        ),
      ],
    },
  );
}

/** Pixels. */
const POINT_RADIUS = 5;

/** The bounds of a drawn point. */
function around([x, y]: PlanPoint): PlanPoint[] {
  return [
    [x - POINT_RADIUS, y - POINT_RADIUS],
    [x + POINT_RADIUS, y + POINT_RADIUS],
  ];
}

function drawnLabel({ text, left, right, bottom, leader }: PlacedLabel): string {
  const label = `<text class="label" x="${digits((left + right) / 2)}" y="${digits(bottom - LINE_HEIGHT / 4)}">${escapeXml(text)}</text>`;
  if (leader === null) return label;
  const [[x1, y1], [x2, y2]] = leader;
  return `<line class="leader" x1="${digits(x1)}" y1="${digits(y1)}" x2="${digits(x2)}" y2="${digits(y2)}"/>${label}`;
}

/** Metres that a scale bar may stand for. */
const BARS = [50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1];

/** The longest round length that fits, drawn below the room. */
function scaleBar(scale: number, depth: number): string[] {
  const metres = BARS.find((metres) => metres * scale <= LONGEST_BAR) ?? 0.1;
  const [from, to] = [20, 20 + metres * scale].map(digits);
  const y = digits(depth + 10);
  return [
    `<path class="bar" d="M${from} ${digits(depth + 4)}V${digits(depth + 16)}M${from} ${y}H${to}M${to} ${digits(depth + 4)}V${digits(depth + 16)}"/>`,
    `<text class="soft" x="${digits(28 + metres * scale)}" y="${digits(depth + 15)}">${metres} m</text>`,
  ];
}

function marker(name: string, style: string): string {
  return `<marker id="${name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="${style}" d="M0 0 10 5 0 10z"/></marker>`;
}

function drawnLine({ from, to, isArrow, isAnswer }: PlanLine, place: (point: PlanPoint) => PlanPoint): string {
  const [[x1, y1], [x2, y2]] = [place(from), place(to)];
  const end = isArrow ? ` marker-end="url(#${isAnswer ? "answer" : "plain"})"` : "";
  return `<line class="line${isAnswer ? " answer" : ""}" x1="${digits(x1)}" y1="${digits(y1)}" x2="${digits(x2)}" y2="${digits(y2)}"${end}/>`;
}

function circle([x, y]: PlanPoint): string {
  return `<circle class="point" cx="${digits(x)}" cy="${digits(y)}" r="${POINT_RADIUS}"/>`;
}

/** Hundredths of a pixel: nobody sees more, and files stay small. */
function digits(value: number): string {
  return String(Number(value.toFixed(2)));
}
