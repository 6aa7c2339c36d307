import { render } from "preact";
import { App } from "./App.tsx";
import { startTheme } from "./theme.ts";

startTheme();
const root = document.getElementById("page");
if (root !== null) render(<App />, root);
