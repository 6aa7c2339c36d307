import { demo } from "./dist/demo/demo.js";

await demo();
