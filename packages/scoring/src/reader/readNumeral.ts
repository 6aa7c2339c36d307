const THOUSANDS = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const THOUSANDS_WITH_POINTS = /^[1-9]\d{0,2}(?:\.\d{3})+,\d+$|^[1-9]\d{0,2}(?:\.\d{3}){2,}$/;
const EXPONENT = /e[+-]?\d+$/;

/**
 * The values of one numeral ("1.5", "1,500", "2e3"). A comma separates thousands when exactly three digits follow each one and the first group is
 * one to three digits without a leading zero ("1,500"); one comma otherwise is a decimal comma ("1,5", "0,500"). One point is always
 * decimal ("1.500" is 1.5); several points, or points and then a comma, separate thousands in groups of three. Anything else is a list, whose items are all returned.
 */
export function readNumeral(text: string): number[] {
  const mantissa = text.replace(EXPONENT, "");
  const exponent = text.slice(mantissa.length);
  if (!mantissa.includes(",") && mantissa.indexOf(".") === mantissa.lastIndexOf(".")) return [Number(text)];
  if (THOUSANDS.test(mantissa)) return [Number(mantissa.replaceAll(",", "") + exponent)];
  if (THOUSANDS_WITH_POINTS.test(mantissa)) return [Number(mantissa.replaceAll(".", "").replace(",", ".") + exponent)];
  const parts = mantissa.split(/[.,]/);
  if (parts.length === 2) return [Number(`${parts[0]}.${parts[1]}${exponent}`)];
  return parts.map(Number);
}
