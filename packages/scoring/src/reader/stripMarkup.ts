const MARKUP = /[\\&$^{]|[^\0-\x7f]/;
/** Zero-width and other characters that are not seen: a "-" and a "3" with one between them are read as one number by a person. */
const UNSEEN = /\p{Cf}/gu;
const MINUS_ENTITY = /&(?:minus|[nm]dash|#45|#8211|#8722);/g;
const BLANK_ENTITY = /&(?:nbsp|#160);/g;
const FRACTION = /\\[dt]?frac\{(\d{1,15})\}\{(\d{1,15})\}/g;
const POWER = /\^\{([23])\}/g;
/** Commands of LaTeX that only say how their content looks, blanks, and the marks of formulas. */
const DRESS =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|operatorname|boxed|quad)(?![A-Za-z])|\\[,;:! ]|[{}]/g;

/** An answer as it looks when it is shown: without LaTeX's text commands and formula marks, HTML's minus and blank, and characters that are not seen. */
export function stripMarkup(text: string): string {
  if (!MARKUP.test(text)) return text;
  return text
    .replace(UNSEEN, "")
    .replace(MINUS_ENTITY, "-")
    .replace(BLANK_ENTITY, " ")
    .replace(FRACTION, "$1/$2")
    .replace(POWER, "^$1")
    .replace(DRESS, " ")
    .replaceAll("$", "")
    .replaceAll("\\%", "%")
    .trim();
}
