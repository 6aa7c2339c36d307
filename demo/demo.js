import { demo } from "./dist/demo.js";

await demo();
