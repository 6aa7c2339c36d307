import { serve } from "./dist/serve.js";

await serve();
