// After tsc: the JSON Schemas of every command's --config file, from its table of flags.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { configSchemas } from "./dist/program/index.js";

for (const name of ["vsi-build", "vsi-eval", "vsi-train", "vsi-view"]) {
  const [program] = Object.values(await import(`../${name}/dist/main.js`)).filter((value) => typeof value === "object");
  const folder = new URL(`../${name}/dist/schemas/`, import.meta.url);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, schema] of Object.entries(configSchemas(program))) {
    writeFileSync(new URL(file, folder), `${JSON.stringify(schema, null, 2)}\n`);
  }
}

// And that of study files, which hold flags of vsi-train.
const { studySchema } = await import("../vsi-train/dist/study/studyFile.js");
const file = new URL("../vsi-train/dist/schemas/vsi-train-study-file.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(studySchema(), null, 2)}\n`);
