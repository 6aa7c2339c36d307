/** Beyond these, digits without an exponent are a row of zeros. */
const LARGEST_PLAIN = 1e15;
const SMALLEST_PLAIN = 1e-6;

const PLAIN = new Intl.NumberFormat("en-US", {
  maximumFractionDigits: 3,
  maximumSignificantDigits: 3,
  roundingPriority: "morePrecision",
});

/**
 * A number for people: "1,234.568", "0.000123", "1.2e+20", "NaN". Thousands are set apart; three decimals, or three
 * significant digits where that is more.
 */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size !== 0 && (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN)) {
    return value.toExponential(2).replace(/\.?0+e/, "e");
  }
  return PLAIN.format(value === 0 ? 0 : value); // Minus zero would print as "-0".
}
