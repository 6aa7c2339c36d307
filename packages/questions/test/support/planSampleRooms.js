// Prints a JSON line a sample room: what of its construction routes are checked against, the facts read from its files, its
// floor's free space with them, and the routes. A process of its own on the built packages.
// node planSampleRooms.js SHAPE FIRST_SEED COUNT
import { buildSceneFacts, parsePlyPositions, readAggregation, readScanInfo, readSegments } from "@vsi/geometry";
import { generateQuestions } from "@vsi/questions";
import { makeRoom } from "@vsi/synth";

/** What has no box of use in a sample room. */
const STRUCTURE = ["wall", "floor", "ceiling", "pillar", "doorframe"];

const [shape, first, count] = process.argv.slice(2);
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  const sceneName = `scene9${String(seed).padStart(3, "0")}_00`;
  const { files, pieces, floorPlan, truth } = makeRoom({ sceneName, seed, shape });
  const file = (ending) => files[`${sceneName}${ending}`];
  const { facts } = buildSceneFacts(
    {
      dataset: "vsi-synth",
      sceneName,
      positions: await parsePlyPositions(file("_vh_clean_2.ply")),
      segmentIds: readSegments(file("_vh_clean_2.0.010000.segs.json")),
      aggregation: readAggregation(file(".aggregation.json")),
      axisAlignment: readScanInfo(file(".txt")).axisAlignment,
    },
    {
      labelRules: new Map(STRUCTURE.map((label) => [label, { category: label, excluded: "structure" }])),
      walkable: true,
    },
  );
  const options = { protocol: "vsi-bench", types: ["route_planning"], seed };
  const { questions, rejects } = generateQuestions(facts, options);
  const { questions: careful } = generateQuestions(facts, { ...options, rules: "careful" });
  const { objects } = truth;
  process.stdout.write(
    `${JSON.stringify({ room: { pieces, floorPlan, objects }, facts, questions, rejects, careful })}\n`,
  );
}
