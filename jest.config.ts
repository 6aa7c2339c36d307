/** @jest-config-loader esbuild-register */
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

// What takes half a minute or more and other tests cover in part stands apart (*.long.test.ts): `npm run test:long`.
const isLong = process.env.VSI_LONG === "1";

const config: Config = {
  roots: ["<rootDir>/packages", "<rootDir>/demo", "<rootDir>/testing"],
  testMatch: [isLong ? "**/test/**/*.long.test.ts" : "**/test/**/!(*.long).test.ts"],
  extensionsToTreatAsEsm: [".ts", ".tsx"],
  transform: { "\\.ts$": swc(false), "\\.tsx$": swc(true) },
  testEnvironment: "<rootDir>/jest.environment.js",
  testEnvironmentOptions: { customExportConditions: ["@vsi/source", "node", "node-addons"] },
  globalSetup: "<rootDir>/jest.globalSetup.js",
  setupFiles: ["<rootDir>/jest.setup.ts"],
  // Jest would leave one core to the developer; most of the long tests wait for a command of ours on the other.
  maxWorkers: "100%",
  // Ends what hangs, and nothing else: the longest test takes half a minute on idle cores, twenty times as long on a busy
  // machine. So no test sets a shorter limit of its own.
  testTimeout: 600_000,
};

export default config;
