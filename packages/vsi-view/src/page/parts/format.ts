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

/** "1,234". */
export function countText(count: number): string {
  return count.toLocaleString("en");
}

/** Three digits, whatever the size: "0.0123", "1.23e-7". */
export function numberText(value: number | null | undefined): string {
  if (value == null) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2);
  return String(Number(value.toPrecision(size >= 100 ? 5 : 3)));
}
