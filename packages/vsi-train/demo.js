import { demo } from "./dist/demo/trainDemo.js";

await demo();
