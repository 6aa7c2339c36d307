/** 12 digits take away the noise of binary fractions (267.49999999999994 cm for 2.675 m), and leave every measurement. */
const SIGNIFICANT_DIGITS = 12;

const formats = [0, 1].map(
  (decimals) =>
    new Intl.NumberFormat("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: false,
      roundingMode: "halfExpand",
    } as Intl.NumberFormatOptions),
) as [Intl.NumberFormat, Intl.NumberFormat];

/** A number as answers write it: halves up, on the decimal value; formatted by ICU, which rounds decimal text exactly. */
export function roundedText(value: number, decimals: 0 | 1): string {
  return formats[decimals].format(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}
