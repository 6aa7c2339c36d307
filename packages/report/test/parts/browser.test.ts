import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { build } from "esbuild";

test("parts asked for Node's streams by way of the tables: they are bundled for a browser, light and dark by color-scheme", async () => {
  const { outputFiles, warnings } = await build({
    stdin: {
      contents: `import * as parts from ${JSON.stringify(fileURLToPath(new URL("../../src/parts/index.ts", import.meta.url)))};
        globalThis.parts = parts;`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    jsx: "automatic",
    jsxImportSource: "preact",
    conditions: ["@vsi/source", "browser"],
    logLevel: "silent",
  });
  expect(warnings).toEqual([]);
  const scope: { parts?: { PARTS_STYLE: string; Bars: unknown } } = {};
  new Function("globalThis", outputFiles[0]?.text ?? "")(scope);
  expect(typeof scope.parts?.Bars).toBe("function");
  expect(scope.parts?.PARTS_STYLE).toMatch(/--vsi-ink: light-dark\(#\w{6}, #\w{6}\)/);
});
