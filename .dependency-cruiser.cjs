const swc = require("@swc/core");

// dependency-cruiser 17 asks swc for plain TypeScript whatever the file ("TODO: {tj}sx ?"), and swc ends on TSX.
const parseFileSync = swc.parseFileSync.bind(swc);
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith(".tsx") });

// Package boundaries of docs/architecture.md: who may import whom. `npm run lint` fails on a breach.
const MAY_IMPORT = {
  dataset: [],
  geometry: ["dataset"],
  questions: ["dataset", "geometry"],
  scoring: ["dataset", "command"],
  report: ["dataset"],
  command: ["dataset"],
  synth: ["dataset", "geometry"],
  publish: ["dataset", "geometry", "questions", "report", "command"],
  inspect: ["dataset", "geometry", "questions", "scoring", "report", "command", "publish"],
  "vsi-build": ["dataset", "geometry", "questions", "scoring", "report", "command", "synth", "publish", "inspect"],
  "vsi-eval": ["dataset", "questions", "scoring", "report", "command"],
  "vsi-train": ["dataset", "questions", "scoring", "report", "command"],
  "vsi-view": [
    "dataset",
    "geometry",
    "questions",
    "scoring",
    "report",
    "command",
    "publish",
    "inspect",
    "vsi-eval",
    "vsi-train",
  ],
};

/** Packages whose main entry must run in a browser: node: modules only below src/node. */
const PURE_PACKAGES = ["geometry", "questions", "scoring", "dataset", "synth", "report"];

module.exports = {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(([name, allowed]) => ({
      name: `${name}-boundary`,
      severity: "error",
      comment: `packages/${name} may import ${allowed.join(", ") || "nothing of ours"}`,
      from: { path: `^packages/${name}/src` },
      to: { path: "^packages/([^/]+)/", pathNot: `^packages/(${[name, ...allowed].join("|")})/` },
    })),
    {
      name: "pure-entry-stays-pure",
      severity: "error",
      comment: "The main entry of a library runs in a browser: no node: modules outside src/node",
      from: { path: `^packages/(${PURE_PACKAGES.join("|")})/src`, pathNot: "^packages/[^/]+/src/(node|bin)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "questions-reads-no-files",
      severity: "error",
      comment: "@vsi/questions uses the pure entries only",
      from: { path: "^packages/questions/src" },
      to: { path: "^packages/(geometry|dataset)/src/node" },
    },
    {
      name: "scoring-is-no-command",
      severity: "error",
      comment: "Only the bin vsi-reward is a command: what scores answers runs in a browser and in a bundle of its own",
      from: { path: "^packages/scoring/src", pathNot: "^packages/scoring/src/node/main\\.ts$" },
      to: { path: "^packages/command/" },
    },
    {
      name: "page-runs-in-a-browser",
      severity: "error",
      comment: "vsi-view's page shares only the contract's types with the server, and imports pure entries alone",
      from: { path: "^packages/vsi-view/src/page" },
      to: {
        path: "^packages/vsi-view/src/(?!page/|data/contract\\.ts$)|^packages/[^/]+/src/node/|^packages/(inspect|publish|command|vsi-eval|vsi-train)/",
      },
    },
    {
      name: "demo-uses-what-is-published",
      severity: "error",
      comment: "The demo types commands and imports public entries, as a user does",
      from: { path: "^demo/src" },
      to: { path: "^packages/[^/]+/src/(?!(node/)?index\\.ts$)" },
    },
    {
      name: "products-know-no-tests",
      severity: "error",
      comment: "@vsi/testing isn't published: only tests import it",
      from: { path: "^(packages/[^/]+|demo)/src" },
      to: { path: "^testing/|^node_modules/@vsi/testing" },
    },
    {
      name: "check-bytes-uses-commands",
      severity: "error",
      comment: "What the commands write is judged from outside: check:bytes knows none of our code",
      from: { path: "^testing/src/bytes" },
      to: { path: "^packages/|^node_modules/(@vsi/|vsi-)" },
    },
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-unresolved",
      severity: "error",
      from: { path: "^(packages/[^/]+|demo|testing)/src" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    includeOnly: "^(packages/[^/]+|testing|demo)/src|^node:|node_modules",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@vsi/source", "import", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".json"],
    },
  },
};
