import { run } from "./dist/run.js";

await run();
