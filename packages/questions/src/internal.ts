/**
 * What the packages of this repository share and promise nobody: it may change with any version.
 *
 * @module
 */
export { LEAST_ROOMS } from "./balance/folds.ts";
export { isScenePool } from "./balance/pools.ts";
export { isBalancedBy } from "./choices.ts";
export { protocolTemplates } from "./protocols/protocols.ts";
export { protocolWith } from "./protocols/rules.ts";
export { capsFor } from "./targets.ts";
export { matchTemplate } from "./wording.ts";
