/**
 * What the packages of this repository share and promise nobody: it may change with any version.
 *
 * @module
 */
export { isOurPage } from "./page.ts";
export { textWidth, wrapText } from "./parts/text.ts";
export { footprint, furnished, middleOf, type Plan, planBounds } from "./plan/plan.ts";
export { type DrawnQuestion, isOurDrawing, planSvg } from "./plan/planSvg.ts";
export { escapeXml, percent } from "./text.ts";
