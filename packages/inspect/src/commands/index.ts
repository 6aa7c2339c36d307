import { lazily } from "@vsi/command/program";
import { AUDIT, EXPORT, SHOW, STATS, VERIFY } from "./flags.ts";

/** The sub-commands that look at a dataset folder; each is loaded when it is called. */
export const INSPECT_COMMANDS = {
  verify: lazily(VERIFY, () => import("./verify.ts")),
  stats: lazily(STATS, () => import("./stats.ts")),
  show: lazily(SHOW, () => import("./show.ts")),
  audit: lazily(AUDIT, () => import("./audit.ts")),
  export: lazily(EXPORT, () => import("./export.ts")),
} as const;
