// After tsc: the schemas that are shipped name the table's question types.
import { writeFileSync } from "node:fs";
import { SCHEMAS } from "./dist/schemas.js";

for (const [name, schema] of Object.entries(SCHEMAS)) {
  writeFileSync(new URL(`./dist/schemas/${name}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
