import { demo } from "./dist/study/studyDemo.js";

await demo();
