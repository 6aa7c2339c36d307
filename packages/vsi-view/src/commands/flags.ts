import { defineCommand, defineFlags } from "@vsi/command/program";

const FOLDER = { folder: { describe: "Dataset folder" } } as const;

const NO_OTHER = "vsi-view came after 0.2; it is called as vsi-build's own --";

/** What is looked at beside the dataset. */
const BESIDE = defineFlags({
  scannet: {
    type: "path",
    value: "FOLDER",
    describe: "Raw scans the dataset was built from, to show the rooms' meshes",
    insteadOf: `${NO_OTHER}scannet`,
  },
  runs: {
    type: "paths",
    value: "RUN",
    describe: "Evaluation runs: folders of vsi-eval run, or JSONL files of predictions",
    insteadOf: `${NO_OTHER}out, which names one folder; here are several`,
  },
  train: {
    type: "paths",
    value: "RUN",
    describe: "Training runs of vsi-train, finished or still going",
    insteadOf: "--runs is of evaluations",
  },
});

export const VIEW = defineCommand({
  about: "Look at a dataset, its rooms, its runs and trainings in a browser",
  arguments: FOLDER,
  flags: {
    ...BESIDE,
    port: {
      type: "whole",
      from: 1,
      defaultText: "a free one",
      describe: "Port of the loopback interface to listen on",
      insteadOf: "--no-open decides where the page is shown, not where it is served",
    },
    open: {
      type: "boolean",
      default: true,
      describe: "Only print the address; without it the browser opens where there is a display",
      more: "Ctrl-C ends serving, with exit code 130",
      insteadOf: "--quiet is about what is printed",
    },
  },
  examples: [
    ["vsi-view ./vsi-100k", "questions, rooms and what was measured"],
    ["vsi-view ./vsi-100k --scannet ./raw --runs runs/a runs/b", "with meshes, and two models' answers"],
    ["vsi-view export ./vsi-100k --out site --limit 500", "a static site, to put on any web server"],
  ],
});

export const EXPORT = defineCommand({
  about: "Write the page and its data as a static site, which opens from any web server and from a file",
  arguments: FOLDER,
  flags: {
    out: {
      type: "path",
      value: "FOLDER",
      required: true,
      describe: "Folder to write, outside the dataset",
      insteadOf: `${NO_OTHER}out`,
    },
    limit: {
      type: "whole",
      from: 1,
      value: "N",
      describe: "Maximum number of questions; whole rooms are drawn at random, at least one",
      insteadOf: "--runs and --scannet do not make the site smaller",
    },
    ...BESIDE,
    audit: {
      type: "boolean",
      describe: "Run the audit and add what it finds",
      insteadOf: "--runs is of models' answers",
    },
    includeRestricted: {
      type: "boolean",
      describe: "Add frames and meshes although their source's terms forbid passing them on",
      insteadOf: "--scannet only says where meshes are; permission is another matter",
    },
    overwrite: {
      type: "boolean",
      describe: "Replace a site that vsi-view wrote, never other files",
      insteadOf: `${NO_OTHER}overwrite`,
    },
  },
  examples: [
    ["vsi-view export ./vsi-100k --out site", "without meshes; frames where their terms allow it"],
    ["vsi-view export ./vsi-100k --out site --limit 500 --runs runs/a --audit", "500 questions, a run, the audit"],
  ],
});
