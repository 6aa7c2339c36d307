import { smoke } from "./dist/smoke.js";

await smoke();
