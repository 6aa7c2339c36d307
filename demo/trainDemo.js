import { demo } from "./dist/training/trainDemo.js";

await demo();
