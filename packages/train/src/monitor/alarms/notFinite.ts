import type { Alarm } from "./alarm.ts";

/** Once one of these is NaN or infinite, so are the weights one step later. The others may be: a mean over nothing is NaN. */
const WATCHED = ["loss", "grad_norm", "reward", "kl"];

/** NaN or an infinity where training depends on it: at the first, because no step after it can be of use. */
export const notFinite: Alarm = {
  name: "not-finite",
  check(history) {
    const metrics = history.at(-1)?.metrics ?? {};
    const broken = WATCHED.find((name) => name in metrics && !Number.isFinite(metrics[name]));
    if (broken === undefined) return null;
    return `${broken} is ${metrics[broken]}: the weights are lost from here on. Go back to a checkpoint before it, with a lower learning rate or in bfloat16.`;
  },
};
