import { expect, test } from "@jest/globals";
import { OptionsError } from "@vsi/dataset";
import { closestName } from "@vsi/dataset/internal";
import * as geometry from "@vsi/geometry";
import * as geometryNode from "@vsi/geometry/node";
import * as inspect from "@vsi/inspect";
import * as questions from "@vsi/questions";
import * as report from "@vsi/report";
import * as scoring from "@vsi/scoring";
import * as synth from "@vsi/synth";
import * as synthNode from "@vsi/synth/node";
import * as build from "vsi-build";
import * as evaluation from "vsi-eval";
import * as training from "vsi-train";

type AnyFunction = (...parameters: unknown[]) => unknown;

const NO_BYTES = new Uint8Array();
const NO_SCAN = { scanId: "scene0000_00", path: "nowhere", isTestFolder: false };

/** What comes before the options: they are looked at first, so that none of it is read. */
const CALLS: Record<string, [AnyFunction, unknown[]]> = {
  buildSceneFacts: [geometry.buildSceneFacts as AnyFunction, [{}]],
  factsFromMetaInfo: [geometry.factsFromMetaInfo as AnyFunction, [{}]],
  parsePlyPositions: [geometry.parsePlyPositions as AnyFunction, [NO_BYTES]],
  readFaces: [geometry.readFaces as AnyFunction, [NO_BYTES]],
  readAggregation: [geometry.readAggregation as AnyFunction, [NO_BYTES]],
  readScanInfo: [geometry.readScanInfo as AnyFunction, [NO_BYTES]],
  readSegments: [geometry.readSegments as AnyFunction, [NO_BYTES]],
  readScan: [geometryNode.readScan as AnyFunction, [NO_SCAN]],
  readCamera: [geometryNode.readCamera as AnyFunction, [NO_SCAN, {}]],
  readMeshPositions: [geometryNode.readMeshPositions as AnyFunction, ["nowhere.ply"]],
  openSensStream: [geometryNode.openSensStream as AnyFunction, ["nowhere.sens"]],
  openExportedFrames: [geometryNode.openExportedFrames as AnyFunction, ["nowhere"]],
  generateQuestions: [questions.generateQuestions as AnyFunction, [{}]],
  selectQuestions: [questions.selectQuestions as AnyFunction, [[], () => null]],
  answerQuery: [questions.answerQuery as AnyFunction, [{}, {}]],
  parseQuestion: [questions.parseQuestion as AnyFunction, ["How large is the room?"]],
  queryRefusal: [questions.queryRefusal as AnyFunction, [{}, {}]],
  readAnswer: [scoring.readAnswer as AnyFunction, ["2.5 m"]],
  makeRoom: [synth.makeRoom as AnyFunction, []],
  cameraWalk: [synth.cameraWalk as AnyFunction, [{}]],
  writeRawScanNet: [synthNode.writeRawScanNet as AnyFunction, ["nowhere"]],
  bars: [report.bars as AnyFunction, []],
  forest: [report.forest as AnyFunction, []],
  groupedBars: [report.groupedBars as AnyFunction, []],
  histogram: [report.histogram as AnyFunction, []],
  scatter: [report.scatter as AnyFunction, []],
  lines: [report.lines as AnyFunction, []],
  confusion: [report.confusion as AnyFunction, []],
  renderPage: [report.renderPage as AnyFunction, []],
  textTable: [report.textTable as AnyFunction, []],
  markdownTable: [report.markdownTable as AnyFunction, []],
  csvTable: [report.csvTable as AnyFunction, []],
  verifyDataset: [inspect.verifyDataset as AnyFunction, ["nowhere"]],
  auditDataset: [inspect.auditDataset as AnyFunction, ["nowhere", []]],
  buildDataset: [build.buildDataset as AnyFunction, []],
  dryRun: [build.dryRun as AnyFunction, []],
  mergeShards: [build.mergeShards as AnyFunction, []],
  runModel: [evaluation.runModel as AnyFunction, []],
  readBenchmark: [evaluation.readBenchmark as AnyFunction, ["nowhere.jsonl"]],
  scorePredictions: [evaluation.scorePredictions as AnyFunction, [[], new Map()]],
  compareScores: [evaluation.compareScores as AnyFunction, [{}, {}]],
  exportDataset: [training.exportDataset as AnyFunction, []],
};

async function errorOf(call: AnyFunction, parameters: unknown[]): Promise<unknown> {
  try {
    await call(...parameters);
  } catch (error) {
    return error;
  }
  return null;
}

// In JavaScript, or through a variable in TypeScript, nothing else would say that such an option does nothing.
test.each(Object.entries(CALLS))("%s names an option that it does not have, and those it has", async (_, call) => {
  const [made, before] = call;
  const unknown = await errorOf(made, [...before, { zzz: 1 }]);
  expect(unknown).toBeInstanceOf(OptionsError);
  expect(unknown).toMatchObject({ code: "option-unknown", detail: { place: "zzz" } });

  const [known = ""] = (unknown as OptionsError).detail.expected.replace("one of ", "").split(", ");
  const misspelt = `${known}s`;
  expect(closestName(misspelt, [known])).toBe(known);
  expect(await errorOf(made, [...before, { [misspelt]: 1 }])).toMatchObject({
    detail: { place: misspelt, advice: `Did you mean "${known}"?` },
  });
});
