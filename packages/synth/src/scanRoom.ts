import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { FloorPlan } from "./floorPlan/floorPlan.ts";
import type { RoomMesh } from "./mesh/roomMesh.ts";
import type { RoomObject } from "./mesh/roomObject.ts";
import { sampleObjects } from "./mesh/sampleObjects.ts";
import { shuffle } from "./random/shuffle.ts";
import { type Alignment, drawAlignment } from "./scannet/alignment.ts";
import { toScannerFrame } from "./scannet/toScannerFrame.ts";
import { writeAggregation } from "./scannet/writeAggregation.ts";
import { writePly } from "./scannet/writePly.ts";
import { writeScanInfo } from "./scannet/writeScanInfo.ts";
import { writeSegments } from "./scannet/writeSegments.ts";
import type { RoomTruth } from "./truth/roomTruth.ts";
import { type AnnotatedObject, tellTruth } from "./truth/tellTruth.ts";
import { writtenMeans } from "./truth/writtenMeans.ts";

/** A built room, ready to be scanned. */
export interface BuiltRoom {
  sceneName: string;
  sceneType: string;
  floorPlan: FloorPlan;
  objects: readonly RoomObject[];
  vertexCount: number;
}

/** A scan's files by name, what is true of them, and what a camera in the room needs. */
export interface RoomScan {
  /** In ScanNet's formats. */
  files: Record<string, Uint8Array>;
  truth: RoomTruth;
  /** From the scanner's frame, in which the files are, to the axis-aligned one. */
  alignment: Alignment;
  mesh: RoomMesh;
}

/** Samples a room's surface, turns it into the scanner's frame and writes ScanNet's four files. */
export function scanRoom(random: RandomGenerator, room: BuiltRoom): RoomScan {
  const { sceneName } = room;
  const alignment = drawAlignment(random);
  // Annotators number what they mark in no order.
  const objects = shuffle(random, room.objects);
  const mesh = sampleObjects(random, objects, room.vertexCount);
  const positions = toScannerFrame(mesh.positions, alignment);
  const means = writtenMeans(positions, mesh.objectOfVertex, objects.length, alignment);
  const idOfObject = new Int32Array(objects.length).fill(-1);
  const annotated: (AnnotatedObject & { segments: number[] })[] = [];
  objects.forEach((object, index) => {
    if (object.label === null) return;
    const segments = mesh.segmentsOfObject[index];
    idOfObject[index] = annotated.length;
    annotated.push({ id: annotated.length, label: object.label, object, mean: means[index], segments });
  });
  return {
    files: {
      [`${sceneName}_vh_clean_2.ply`]: writePly({ positions, colors: mesh.colors, triangles: mesh.triangles }),
      [`${sceneName}_vh_clean_2.0.010000.segs.json`]: writeSegments(sceneName, mesh.segmentOfVertex),
      [`${sceneName}.aggregation.json`]: writeAggregation(sceneName, annotated),
      [`${sceneName}.txt`]: writeScanInfo(alignment, room.sceneType, null),
    },
    truth: tellTruth(sceneName, room.floorPlan, annotated),
    alignment,
    mesh: {
      positions: mesh.positions,
      triangles: mesh.triangles,
      colors: mesh.colors,
      objectOfVertex: mesh.objectOfVertex.map((index) => idOfObject[index]),
    },
  };
}
