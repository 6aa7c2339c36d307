/** A share in percent with a decimal, "61.3"; an en dash for none. */
export function percentText(share: number | null | undefined): string {
  return share === null || share === undefined ? "–" : (100 * share).toFixed(1);
}

/** "55.0 to 67.1"; null where an end is missing. */
export function rangeText(low: number | null | undefined, high: number | null | undefined): string | null {
  return low == null || high == null ? null : `${percentText(low)} to ${percentText(high)}`;
}

/** With its sign, "+3.2": a difference in percentage points. */
export function signedText(share: number): string {
  const text = percentText(Math.abs(share));
  if (Number(text) === 0) return "0.0";
  return `${share < 0 ? "−" : "+"}${text}`;
}

/** Made once: toLocaleString looks its locale up at each call, fifteen hundred times a letter of a search. */
const COUNTS = new Intl.NumberFormat("en");

/** "1,234". */
export function countText(count: number): string {
  return COUNTS.format(count);
}

/** Beyond these, digits are those of the double, not of the number. */
const MOST_DIGITS = 12;

/** What axes call "1e+6" and "5e-5" rather than by its digits. */
const LARGE = 1e6;
const SMALL = 1e-4;

/** The numbers at an axis' ticks, with all their digits: rounded ones would say the same of two ticks. */
export function tickTexts(ticks: readonly (number | null)[], isLog: boolean): string[] {
  const exact = ticks.map((tick) => (tick === null ? null : Number(tick.toPrecision(MOST_DIGITS))));
  const sizes = exact.flatMap((tick) => (tick === null || tick === 0 ? [] : [Math.abs(tick)]));
  const isPlain = sizes.every((size) => size >= SMALL) && sizes.every((size) => size < LARGE);
  const decimals = Math.max(0, ...exact.map((tick) => /\.(\d+)$/.exec(String(tick))?.[1]?.length ?? 0));
  return exact.map((tick) => {
    if (tick === null) return "";
    if (tick === 0) return "0";
    if (isPlain && !isLog) return tick.toFixed(decimals);
    return Math.abs(tick) >= SMALL && Math.abs(tick) < LARGE ? String(tick) : tick.toExponential();
  });
}

/** Three digits, whatever the size: "0.0123", "1.23e-7". */
export function numberText(value: number | null | undefined): string {
  if (value == null) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2);
  return String(Number(value.toPrecision(size >= 100 ? 5 : 3)));
}

/** The numbers of a column, as numberText writes them but with the same decimals each: "0.656" above "0.500". */
export function columnTexts(values: readonly (number | null | undefined)[]): string[] {
  const texts = values.map(numberText);
  if (texts.some((text) => text.includes("e"))) return texts;
  const decimals = Math.max(0, ...texts.map((text) => /\.(\d+)$/.exec(text)?.[1]?.length ?? 0));
  return values.map((value) => (value == null ? numberText(value) : value.toFixed(decimals)));
}

/** Letters that run from right to left, and characters that turn the direction of what follows. */
const TURNS =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]|[\ud802\ud803\ud83a\ud83b]/;

const ISOLATE = "\u2068";
const END = "\u2069";

/**
 * A text of a dataset for the middle of a sentence that is one string: whatever its direction, the words after it keep
 * theirs. Elsewhere a <bdi> does that.
 */
export function isolated(text: string): string {
  if (!TURNS.test(text)) return text;
  let open = 0;
  let unmatched = 0;
  for (const character of text) {
    if (/[\u2066-\u2068]/.test(character)) open += 1;
    else if (character === END && open > 0) open -= 1;
    else if (character === END) unmatched += 1;
  }
  return ISOLATE.repeat(unmatched + 1) + text + END.repeat(open + 1);
}
