/** @jest-config-loader esbuild-register */
import type { Config } from "jest";

// The tests run the TypeScript sources as real ES modules: the "@vsi/source" condition of each
// package's exports points at src/, and .npmrc passes --experimental-vm-modules.
const config: Config = {
  roots: ["<rootDir>/packages", "<rootDir>/demo", "<rootDir>/testing"],
  testMatch: ["**/test/**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022", experimental: { keepImportAttributes: true } } },
    ],
  },
  testEnvironment: "<rootDir>/jest.environment.js",
  testEnvironmentOptions: { customExportConditions: ["@vsi/source", "node", "node-addons"] },
  setupFiles: ["<rootDir>/jest.setup.ts"],
  // Jest would leave one core to the developer; most of the long tests wait for a command of ours on the other.
  maxWorkers: "100%",
  // Two minutes: the longest test of a command takes a quarter of it on two idle cores; a busy machine must not fail it.
  testTimeout: 120_000,
};

export default config;
