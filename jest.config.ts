/** @jest-config-loader esbuild-register */
import { availableParallelism } from "node:os";
import type { Config } from "jest";

// The tests run the TypeScript sources as real ES modules: the "@vsi/source" condition of each
// package's exports points at src/, and .npmrc passes --experimental-vm-modules.
function swc(tsx: boolean): [string, Record<string, unknown>] {
  return [
    "@swc/jest",
    {
      jsc: {
        parser: { syntax: "typescript", tsx },
        transform: { react: { runtime: "automatic", importSource: "preact" } },
        target: "es2022",
        experimental: { keepImportAttributes: true },
      },
    },
  ];
}

// Suites of a quarter of a minute and more stand apart (*.long.test.ts): VSI_LONG=1 runs these alone
// (`npm run test:long`), VSI_LONG=too runs all in one go (`npm run test:all`), which leaves no core idle in between.
const TESTS: Record<string, string> = { "1": "*.long.test.ts", too: "*.test.ts" };
const tests = TESTS[process.env.VSI_LONG ?? ""] ?? "!(*.long).test.ts";

const config: Config = {
  roots: ["<rootDir>/packages", "<rootDir>/demo", "<rootDir>/benchmarks", "<rootDir>/testing"],
  testMatch: [`**/test/**/${tests}`],
  testSequencer: "<rootDir>/jest.sequencer.cjs",
  extensionsToTreatAsEsm: [".ts", ".tsx"],
  transform: { "\\.ts$": swc(false), "\\.tsx$": swc(true) },
  testEnvironment: "<rootDir>/jest.environment.js",
  testEnvironmentOptions: { customExportConditions: ["@vsi/source", "node", "node-addons"] },
  globalSetup: "<rootDir>/jest.globalSetup.js",
  setupFiles: ["<rootDir>/jest.setup.ts"],
  // Jest would leave one core to the developer. One worker more than cores: a suite often waits, for a page or a signal.
  maxWorkers: availableParallelism() + 1,
  // Ends what hangs, and nothing else: the longest test takes half a minute on idle cores, twenty times as long on a busy
  // machine. So no test sets a shorter limit of its own.
  testTimeout: 600_000,
};

export default config;
