// `node checkTypes.js TARBALL...` prints what arethetypeswrong finds in each for users of ES modules, as its profile esm-only
// has it: a list of problems a tarball. One process: loading TypeScript takes most of a check's time.
import { readFile } from "node:fs/promises";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";

const NOT_FOR_THEM = ["node10", "node16-cjs"];

const found = [];
for (const path of process.argv.slice(2)) {
  const { types, problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(await readFile(path))));
  if (!types) throw new Error(`${path} has no types`);
  found.push(problems.filter(({ resolutionKind }) => !NOT_FOR_THEM.includes(resolutionKind)));
}
console.log(JSON.stringify(found));
