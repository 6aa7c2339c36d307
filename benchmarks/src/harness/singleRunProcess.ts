import type { Contenders } from "./turns.ts";

// Prepares one contender and runs it once. `peakMemoryOf` starts it.
const [module = "", name = "", folder = ""] = process.argv.slice(2);
const { contenders } = (await import(module)) as { contenders: Contenders };
const prepare = contenders[name];
if (prepare === undefined) throw new RangeError(`${module} has no contender ${name}`);
const work = await prepare(folder);
await work();
