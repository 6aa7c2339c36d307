import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pLimit from "p-limit";
import { SCENARIOS } from "./scenarios.ts";
import { type FaultMode, prepare, tryFault } from "./tryFault.ts";

/**
 * `npm run test:faults`: every file operation of every scenario, killed there and with the disk full from there, then the
 * same command again. Prints what is wrong, and `N tries, N as they must be, N not`.
 */
const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    mode: { type: "string", multiple: true, default: ["kill", "full"] },
    every: { type: "string", default: "1" },
    jobs: { type: "string", default: "2" },
  },
});
const work = await mkdtemp(join(tmpdir(), "vsi-faults-"));
let tries = 0;
let wrong = 0;
for (const scenario of SCENARIOS) {
  if (values.only !== undefined && !values.only.includes(scenario.name)) continue;
  const stage = await prepare(scenario, work);
  const points = Array.from({ length: stage.operations }, (_, at) => at).filter(
    (at) => at % Number(values.every) === 0,
  );
  for (const mode of values.mode as FaultMode[]) {
    const limit = pLimit(Number(values.jobs));
    const results = await limit.map(points, async (at) => ({ at, problem: await tryFault(stage, at, mode, work) }));
    tries += results.length;
    for (const { at, problem } of results) {
      if (problem === null) continue;
      wrong += 1;
      console.log(`${scenario.name}, ${mode} at ${at}: ${problem}`);
    }
    console.log(`${scenario.name}, ${mode}: ${results.length} of ${stage.operations} operations`);
  }
}
console.log(`${tries} tries, ${tries - wrong} as they must be, ${wrong} not`);
if (wrong === 0) await rm(work, { recursive: true });
else console.log(`What was left is in ${work}`);
process.exitCode = wrong === 0 ? 0 : 1;
