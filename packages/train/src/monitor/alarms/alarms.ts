import type { Alarm } from "./alarm.ts";
import { entropyCollapse } from "./entropyCollapse.ts";
import { formatCollapse } from "./formatCollapse.ts";
import { klExplosion } from "./klExplosion.ts";
import { noRewardVariance } from "./noRewardVariance.ts";
import { notFinite } from "./notFinite.ts";

/** All alarms, the gravest first. An alarm whose metric a method does not have stays silent. */
export const ALARMS: readonly Alarm[] = [notFinite, klExplosion, formatCollapse, entropyCollapse, noRewardVariance];
