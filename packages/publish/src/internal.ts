/**
 * What the packages of this repository share and promise nobody: it may change with any version.
 *
 * @module
 */
export { type SourceTerms, sourceTerms } from "./terms.ts";
