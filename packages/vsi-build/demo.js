import { runDemo } from "./dist/demo/runDemo.js";

await runDemo();
