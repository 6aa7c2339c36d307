/**
 * What the packages of this repository share and promise nobody: it may change with any version.
 *
 * @module
 */
export { LEAST_ROOMS } from "./balance/folds.ts";
export { isScenePool } from "./balance/pools.ts";
export { isBalancedBy } from "./choices.ts";
export { validateOptions } from "./options.ts";
export { protocolTemplates } from "./protocols/protocols.ts";
export { protocolWith } from "./protocols/rules.ts";
export { TURN_SECTORS } from "./routes/turns.ts";
export type { DirectionSectors } from "./scene/directions.ts";
export { sectorWord, signedAngle } from "./scene/directions.ts";
export { type ShownRoom, shownRoom } from "./shownRoom.ts";
export { capsFor } from "./targets.ts";
export { DIRECTION_SECTORS } from "./types/objectRelDirection.ts";
export { matchTemplate } from "./wording.ts";
