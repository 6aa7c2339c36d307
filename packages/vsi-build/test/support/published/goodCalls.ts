import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as command from "@vsi/command";
import * as program from "@vsi/command/program";
import * as dataset from "@vsi/dataset";
import * as datasetNode from "@vsi/dataset/node";
import * as validate from "@vsi/dataset/validate";
import * as geometry from "@vsi/geometry";
import * as geometryNode from "@vsi/geometry/node";
import * as inspect from "@vsi/inspect";
import * as publish from "@vsi/publish";
import * as questions from "@vsi/questions";
import * as report from "@vsi/report";
import * as scoring from "@vsi/scoring";
import * as synth from "@vsi/synth";
import * as synthNode from "@vsi/synth/node";
import { manifest, question, settings } from "@vsi/testing/question";
import * as build from "vsi-build";
import * as evaluation from "vsi-eval";
import * as training from "vsi-train";
import * as view from "vsi-view";

/** Every public entry with functions. */
export const ENTRIES: Readonly<Record<string, object>> = {
  "@vsi/command": command,
  "@vsi/command/program": program,
  "@vsi/dataset": dataset,
  "@vsi/dataset/node": datasetNode,
  "@vsi/dataset/validate": validate,
  "@vsi/geometry": geometry,
  "@vsi/geometry/node": geometryNode,
  "@vsi/inspect": inspect,
  "@vsi/publish": publish,
  "@vsi/questions": questions,
  "@vsi/report": report,
  "@vsi/scoring": scoring,
  "@vsi/synth": synth,
  "@vsi/synth/node": synthNode,
  "vsi-build": build,
  "vsi-eval": evaluation,
  "vsi-train": training,
  "vsi-view": view,
};

type Call = readonly unknown[] | (() => readonly unknown[]);

/** Good arguments of every exported function, made anew for each call where the call changes them. */
export async function goodCalls(folder: string): Promise<Record<string, Call>> {
  const raw = join(folder, "raw");
  await synthNode.writeRawScanNet(raw, { rooms: 1, seed: 1, vertexCount: 6000, frames: 2, frameSize: [32, 24] });
  const [scanFolder] = await geometryNode.findScans(raw);
  if (scanFolder === undefined) throw new Error("no scan");
  const { facts } = await geometryNode.readScan(scanFolder);
  const { scan } = await geometryNode.readScanWithMesh(scanFolder);
  const room = synth.makeRoom({ sceneName: "scene9000_00", seed: 1, vertexCount: 6000 });
  const walk = synth.cameraWalk(room, { seed: 1, frames: 2 });
  const intrinsics = synth.sensorIntrinsics(32, 24);
  const files = Object.fromEntries(
    Object.entries(room.files).map(([name, bytes]) => [name.replace(/^[^.]*?_00/, ""), bytes]),
  );
  const box = {
    center: [0, 0, 0],
    size: [1, 1, 1],
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  };
  const corners = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1];
  const one = question();
  const lines = join(folder, "questions.jsonl");
  await writeFile(lines, `${JSON.stringify(one)}\n`);
  await mkdir(join(folder, "empty"));
  const evalQuestions = await evaluation.readBenchmark(lines);
  const predictions = new Map([[one.id, "4.4"]]);
  const few = { resamples: 10, seed: 0, level: 0.95 };
  const { scores } = evaluation.scorePredictions(evalQuestions, predictions, few);
  const scored = {
    data: { file: "a", sha256: "0" },
    predictions: { file: "b" },
    settings: {},
    questions: scores.questions,
  };
  const answers = join(folder, "answers.jsonl");
  await writeFile(answers, `${JSON.stringify({ id: one.id, prediction: "4.4" })}\n`);
  const labelMap = join(raw, "scannetv2-labels.combined.tsv");
  const query = { question_type: "room_size_estimation" };
  const counts = { title: "t", categories: ["a", "b"], values: [1, 2], xTitle: "x" };
  const points = [{ x: 1, y: 2 }];
  const table = { columns: [{ head: "a" }], rows: [["b"]] };
  const mesh = {
    positions: new Float32Array(corners),
    faces: new Int32Array([0, 1, 2]),
    faceObjects: new Int32Array([1]),
  };
  const shown = {
    facts,
    objects: new Map(facts.objects.map((object) => [object.id, object])),
    nameOf: () => "bed",
    frames: null,
    distanceKind: "box",
  };
  const meta = {
    mine: { dataset: "arkitscenes", room_size: 12, room_center: [0, 0, 1], object_counts: {}, object_bbox: {} },
  };
  const sampled = geometry.sampleBox(box as never);
  const stream = () => dataset.randomStream([1]);
  const times = { type: "whole", from: 1, default: 1, describe: "Number of greetings", onRecord: true } as const;
  const hello = program.defineCommand({ about: "Say hello", flags: { times } });
  const greeter = {
    ...{ name: "vsi-hello", about: "Say hello", version: async () => "1.0.0", exitCodes: "Exit codes: 0 done." },
    ...{ errors: async () => ({ explained: [], usage: [] }), afterInterruption: "", endsWithin: null },
    ...{ main: program.lazily(hello, async () => ({ run: async () => 0 })), commands: {} },
  };
  const page = { flag: "--html", path: join(folder, "page.html"), command: "vsi-build", isOurs: null, overwrite: true };
  const claim = {
    ...{ command: "vsi-build", identity: { file: "manifest.json", schema: "vsi-dataset/1", noun: "dataset" } },
    ...{ resume: false, overwrite: false, settings: "{}", firstFiles: [] },
  };
  // Nothing is staged there, so that nothing is published.
  const claimed = {
    ...{ path: folder, realPath: folder, workingFolder: folder, stagingFolder: join(folder, "none"), ours: new Map() },
    ...{ settings: "{}", command: "vsi-build", lock: { lost: new AbortController().signal, release() {} } },
  };
  const matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  return {
    // @vsi/command
    explainFileError: [new Error("no space"), "page.html"],
    shellWord: ["my scans"],
    createLog: ["info", () => {}],
    formatDuration: [90],
    progressStyle: [{ quiet: false, logLevel: "info" }, { isTTY: false }],
    startProgress: [3, "scans", "none", { write: () => true }],
    listenForSignals: [],
    inOneGo: [() => 1],
    lockFile: [join(folder, "locked.json"), "vsi-build"],
    lockFolder: [join(folder, "empty"), "vsi-build"],
    lockHolder: [folder],
    openOutputFolder: [join(folder, "opened"), claim],
    publish: [claimed, null, () => {}],
    checkReadable: [folder],
    checkReportFile: [page],
    writeReportFile: [page, "text"],
    readSealed: [join(folder, "sealed.json")],
    writeSealed: [join(folder, "sealed.json"), { scan: 1 }],
    // @vsi/command/program
    defineCommand: [{ about: "Say hello", arguments: {}, flags: { times }, formats: [], examples: [] }],
    defineFlags: [{ times }],
    lazily: [hello, async () => ({ run: async () => 0 })],
    defaultsOf: [{ times }],
    recordOf: [{ times }, { times: 2 }],
    wordsOf: [{ times }, { times: 2 }, { times: 1 }],
    packageVersion: [new URL("../../../package.json", import.meta.url)],
    configSchemas: [greeter],
    runProgram: [greeter, ["--version"]],
    // @vsi/dataset
    isQuestionType: ["object_counting"],
    questionTypeRow: ["object_counting"],
    typeNeeds: ["object_counting", "stream"],
    typesInGroup: ["object_counting"],
    groupTitle: ["object_counting"],
    randomStream: [[1, "a"]],
    drawWithoutRepetition: () => [stream(), 3],
    shuffled: () => [stream(), [1, 2, 3]],
    physicalRoomOf: ["scene0000_00"],
    splitOf: ["scene0000_00", new Map(), 0],
    splitOfAnyScene: ["scene0000_00", { splitsByRoom: new Map(), testRooms: new Set() }, 0],
    isTestRoom: ["scene0000_00", { testRooms: new Set() }],
    sampleEvenly: [[1, 2, 3], 2],
    hashFile: [lines],
    hashFolder: [join(folder, "empty"), []],
    readChecksums: [folder],
    writeChecksums: [join(folder, "empty"), []],
    writeFileAtomically: [join(folder, "written"), "text"],
    readJsonl: [lines],
    validateManifest: [manifest(), { file: "manifest.json" }],
    validateQuestion: [one, { file: "a.jsonl", place: "line 1" }],
    validateReject: [{}, { file: "a.jsonl" }],
    validateScene: [facts, { file: "a.json" }],
    schemaCheck: [{ type: "object" }, "code"],
    // @vsi/geometry
    gravityBox: [corners],
    axisAlignedBox: [corners],
    centroid: [corners],
    gatherPositions: [corners, new Uint32Array([0, 1])],
    alignPositions: [corners, null],
    labelFaces: [new Int32Array([0, 1, 2]), new Int32Array([1, 1, 1])],
    labelVertices: [4, [{ id: 1, vertices: [0, 1] }]],
    VisibilityRenderer: [mesh, intrinsics, {}],
    worldToCamera: [matrix],
    boxDistance: [box, box],
    centroidDistance: [{ centroid: [0, 0, 0] }, { centroid: [1, 0, 0] }],
    closestBoxPoints: [box, box],
    nearestBoxPoint: [box, [1, 1, 1]],
    closestSampledPoints: [sampled, sampled],
    pointToBoxDistance: [box, [1, 1, 1]],
    surfaceDistances: [
      [
        { id: 1, positions: corners },
        { id: 2, positions: corners },
      ],
    ],
    sampleBox: [box],
    sampledBoxDistance: [sampled, sampled],
    buildSceneFacts: [scan, {}],
    readFaces: [files["_vh_clean_2.ply"], {}],
    parsePlyPositions: [files["_vh_clean_2.ply"], {}],
    roomFromVertices: [corners],
    walkableGrid: [corners, {}],
    factsFromMetaInfo: [meta, {}],
    readAggregation: [files[".aggregation.json"], {}],
    groupInstances: [new Int32Array([1, 1, 2]), [{ segments: [1] }]],
    readScanInfo: [files[".txt"], {}],
    readSegments: [files["_vh_clean_2.0.010000.segs.json"], {}],
    readCamera: [scanFolder, scan, { frames: 1 }, async () => undefined],
    openExportedFrames: [join(folder, "empty"), {}],
    openFrameStream: [{ ...scanFolder, path: join(folder, "empty") }],
    findFrames: [scanFolder, {}],
    readMeshPositions: [join(scanFolder.path, "scene9000_00_vh_clean_2.ply"), {}],
    readScan: [scanFolder, {}],
    readScanWithMesh: [scanFolder, {}],
    readSurface: [scanFolder],
    findScans: [raw, {}],
    openSensStream: [lines, {}],
    readLabelMap: [labelMap],
    readLabelRules: ["canonical"],
    readSplits: [],
    readSplitLists: [],
    readTestRooms: [],
    // @vsi/questions
    generateCustomQuestions: [facts, { name: "height", template: "How high?", candidates: () => [] }, {}],
    describeEvidence: [one, shown],
    marksOf: [one, shown],
    traceOf: [one],
    measuredPoints: [facts, "box"],
    generateQuestions: [facts, {}],
    generateSceneQuestions: [facts, {}],
    questionId: [one],
    protocolTypes: [questions.PROTOCOLS["vsi-100k"]],
    answerQuery: [facts, query, {}],
    parseQuestion: ["What is the size of this room (in square meters)?", {}],
    phraseQuery: [query, "vsi-bench"],
    queryRefusal: [facts, query, {}],
    selectQuestions: [[], async () => null, { generate: {}, target: null }],
    // @vsi/scoring
    meanRelativeAccuracy: [1, 2],
    officialAnswer: ["a"],
    officialTable: [[{ question_type: "object_counting", score: 1 }]],
    parsePythonLiteral: ["['A. left']"],
    readerNamed: ["robust"],
    scoreOfficial: [{ question_type: "object_counting", ground_truth: "1", prediction: "1" }],
    pythonFloat: ["1"],
    readAnswer: ["2 m", { questionType: "object_abs_distance" }],
    answerAccuracy: [1, { question_type: "object_abs_distance", ground_truth: "1" }, "paper"],
    numberAccuracy: [1, 2, "paper"],
    checkFormat: ["<think>a</think>", "think"],
    guardReasoning: ["some words", scoring.REASONING_LIMITS],
    reward: [{ question_type: "object_abs_distance", ground_truth: "1", completion: "1", mode: "vanilla" }],
    // @vsi/report
    bars: [counts],
    confusion: [{ title: "t", rows: ["a"], columns: ["b"], counts: [[1]], rowTitle: "r", columnTitle: "c" }],
    groupedBars: [{ title: "t", categories: ["a"], series: [{ name: "s", values: [1] }], xTitle: "x" }],
    forest: [{ title: "t", rows: ["a"], series: [{ name: "s", values: [1] }], xTitle: "x" }],
    histogram: [{ title: "t", values: [1, 2], xTitle: "x" }],
    lines: [{ title: "t", series: [{ name: "s", points }], xTitle: "x", yTitle: "y" }],
    scatter: [{ title: "t", points, xTitle: "x", yTitle: "y" }],
    renderPage: [{ title: "t", lead: "l", blocks: [{ kind: "paragraph", text: "p" }] }],
    csvTable: [table],
    markdownTable: [table],
    textTable: [table, 80],
    // @vsi/synth
    sensorIntrinsics: [32, 24],
    renderWalk: [room.mesh, intrinsics, walk],
    cameraWalk: [room, { seed: 1, frames: 2 }],
    makeRoom: [{ sceneName: "scene9000_00", seed: 1, vertexCount: 6000 }],
    trueCentroidDistance: [room.truth, "floor", "ceiling"],
    trueCount: [room.truth, "floor"],
    trueDirection: [room.truth, "floor", "ceiling", "door"],
    trueFirstSeen: [[], 1],
    trueLongestSide: [room.truth, "floor"],
    trueNearest: [room.truth, "floor", ["ceiling"]],
    trueRoomArea: [room.truth],
    writeSensFrame: [
      { cameraToWorld: matrix, timeColor: 0, timeDepth: 0, color: new Uint8Array(), depth: new Uint8Array() },
    ],
    writeSensHeader: [
      {
        ...{
          sensorName: "s",
          intrinsicColor: matrix,
          extrinsicColor: matrix,
          intrinsicDepth: matrix,
          extrinsicDepth: matrix,
        },
        ...{
          colorCompression: "raw",
          depthCompression: "raw",
          colorWidth: 1,
          colorHeight: 1,
          depthWidth: 1,
          depthHeight: 1,
        },
        ...{ depthShift: 1000, frameCount: 0 },
      },
    ],
    writeSensImu: [[]],
    checkRawScanNet: [{ rooms: 1, seed: 1, vertexCount: 6000 }],
    writeRawScanNet: [join(folder, "more"), { rooms: 1, seed: 1, vertexCount: 6000 }],
    // @vsi/inspect
    auditDataset: [lines, [], { limit: 0.03, seed: 0 }],
    verifyDataset: [join(folder, "empty"), { regenerate: false }],
    // @vsi/publish
    buildWords: [settings(), false, false],
    generateOptionsOf: [settings()],
    recordedSettings: [manifest()],
    settingsOf: [settings()],
    finishDataset: [join(folder, "none"), manifest()],
    writeSubset: [
      { stagingFolder: join(folder, "staging") },
      { source: join(folder, "empty"), manifest: manifest(), dropped: new Map(), settings: {} },
    ],
    // vsi-build, which finds no scans here
    buildDataset: [{ scannet: join(folder, "empty"), out: join(folder, "out"), workers: 0, seed: 1 }, {}],
    dryRun: [{ scannet: join(folder, "empty"), seed: 1 }],
    mergeShards: [{ out: join(folder, "out"), overwrite: false }],
    // vsi-eval, which finds no questions here
    readBenchmark: [lines, { split: null }],
    findBenchmarkFile: [lines, null],
    readPredictions: [answers, evalQuestions],
    runModel: [
      { model: "m", baseUrl: "http://127.0.0.1:1/v1", data: join(folder, "none"), out: join(folder, "run"), seed: 1 },
      null,
      {},
    ],
    promptText: [{ question: "What?", options: null }, "vanilla", "evaluation"],
    compareScores: [scored, scored, few],
    compareRuns: [[scored, scored], few],
    compareLooks: [scored, [{ shown: "without", report: scored }], few],
    readScoreReport: [lines],
    bootstrapIntervals: [[{ scan: "a", type: "object_counting", value: 1 }], few],
    rowLabel: ["overall"],
    scorePredictions: [evalQuestions, predictions, few],
    // vsi-train, which finds no dataset here
    findTrainerPython: [{ requirements: join(folder, "none.txt"), cache: folder }, {}],
    exportDataset: [{ data: join(folder, "none"), out: join(folder, "exported"), format: "trl", seed: 1 }],
    dpoRow: [one, [], 1],
    grpoRow: [one, [], { mode: "vanilla", reward: "paper", weights: null }],
    sftRow: [one, [], "vanilla"],
    wrongAnswer: [one, 1],
    // vsi-view, which finds no dataset here
    serveView: [{ folder: join(folder, "none") }, {}],
    exportSite: [{ folder: join(folder, "none"), out: join(folder, "site") }, {}],
  };
}
