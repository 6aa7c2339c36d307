import { oneLine, shorten } from "../text.ts";

/** What a chart shows at most; the rest is merged or thinned, and the chart's subtitle says so. */
export const CHART_LIMITS = {
  /** Groups of bars: 20 groups of nine fill a page's height. */
  groups: 20,
  /** Horizontal bars: 40 fill a screen's height. */
  bars: 40,
  /** Rows and columns of a confusion matrix each: 20 fit a page's width. */
  cells: 20,
  /** Series and groups with a colour of their own: as many as the palette has. */
  series: 9,
  /** Points of a scatter plot: about 200 kB of SVG; more hide each other. */
  points: 3_000,
  /** Points of one line: more than the chart is wide in pixels. */
  linePoints: 1_000,
  /** Characters of a title: two lines of a chart's width. */
  titleCharacters: 80,
  /** Characters of a label beside a bar or in a legend. */
  labelCharacters: 32,
} as const;

/** A title as a chart shows it, before it is broken into lines. */
export function chartTitle(text: string): string {
  return shorten(oneLine(text), CHART_LIMITS.titleCharacters);
}

/** A name as a label that fits into a chart. */
export function chartLabel(name: string): string {
  return shorten(oneLine(name), CHART_LIMITS.labelCharacters) || "(empty)";
}

/** Widths of characters in ems, a little more than in the widest of the fonts used: text must not be cut off. */
const NARROW = 0.36;
const WIDE = 0.98;
const CAPITAL = 0.74;
const USUAL = 0.61;
const IDEOGRAPH = 1.1;

/** An estimate of how wide a text is drawn, in the units of its font size, the same on every machine. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) {
    if (/[ijlIftr.,:;'|!()[\] ]/.test(character)) ems += NARROW;
    else if (/[mwMW@%]/.test(character)) ems += WIDE;
    else if (/[A-Z]/.test(character)) ems += CAPITAL;
    else ems += (character.codePointAt(0) ?? 0) >= 0x2e80 ? IDEOGRAPH : USUAL;
  }
  return ems * fontSize;
}

/** A text in lines of at most this width, broken between words, and within a word that is longer than a line. */
export function wrapText(text: string, fontSize: number, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (textWidth(joined, fontSize) <= width) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    line = "";
    for (const character of word) {
      if (line !== "" && textWidth(line + character, fontSize) > width) {
        lines.push(line);
        line = "";
      }
      line += character;
    }
  }
  return line === "" && lines.length > 0 ? lines : [...lines, line];
}

/** The text, or as much of its beginning as fits into a width with "…" at the end. */
export function fitText(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (textWidth(`${kept}${character}…`, fontSize) > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
