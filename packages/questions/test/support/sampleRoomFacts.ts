import type { SceneFacts } from "@vsi/geometry";
import { buildSceneFacts, parsePlyPositions, readAggregation, readScanInfo, readSegments } from "@vsi/geometry";
import { type FloorPlanShape, makeRoom, type SynthRoom } from "@vsi/synth";

/** What has no box of use in a sample room. */
const STRUCTURE = ["wall", "floor", "ceiling", "pillar", "doorframe"];

/** A sample room, and the facts read from its files, its floor's free space with them. */
export async function sampleRoomFacts(
  seed: number,
  shape: FloorPlanShape,
): Promise<{ room: SynthRoom; facts: SceneFacts }> {
  const sceneName = `scene9${String(seed).padStart(3, "0")}_00`;
  const room = makeRoom({ sceneName, seed, shape });
  const file = (ending: string) => room.files[`${sceneName}${ending}`]!;
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
  return { room, facts };
}
