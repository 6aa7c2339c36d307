import { at, median } from "@vsi/dataset/internal";
import { labelFaces, VisibilityRenderer, worldToCamera } from "@vsi/geometry";
import { cameraWalk, makeRoom, type RoomMesh, renderWalk, sensorIntrinsics } from "@vsi/synth";
import type { Measurement } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import { ratioOf, ratioText } from "./harness/ratio.ts";
import { REAL_SIZE } from "./harness/rooms.ts";
import { transformVertices } from "./harness/transformVertices.ts";
import type { Contenders } from "./harness/turns.ts";
import { timeInTurn } from "./harness/turns.ts";

/** Spread over a walk that looks all around twice: how much of the room a frame shows changes its time. */
const FRAMES = 8;

/** ScanNet's depth images. */
const intrinsics = sensorIntrinsics(640, 480);
const FLOOR = "all vertices to camera coordinates, no more";
const OURS = "VisibilityRenderer.visiblePixels";
const WITHOUT_DEPTH = "the same without a depth image";

/** Each does its work for all frames in a run. */
export const contenders: Contenders = {
  [FLOOR]: async () => {
    const { mesh, poses } = sampleRoom();
    const target = new Float64Array(mesh.positions.length);
    return () => {
      for (const pose of poses) transformVertices(mesh.positions, worldToCamera(pose), target);
    };
  },
  [OURS]: async () => {
    const { mesh, poses } = sampleRoom();
    const depths = Array.from(renderWalk(mesh, intrinsics, poses), ({ depth }) => ({ values: depth, shift: 1000 }));
    const renderer = rendererOf(mesh);
    return () => poses.map((pose, frame) => renderer.visiblePixels(pose, at(depths, frame)));
  },
  [WITHOUT_DEPTH]: async () => {
    const { mesh, poses } = sampleRoom();
    const renderer = rendererOf(mesh);
    return () => poses.map((pose) => renderer.visiblePixels(pose, null));
  },
};

/** Which objects a frame shows, and how many pixels of each. */
export const measurement: Measurement = {
  summary: "the visible pixels of each object in a 640x480 frame, against moving the mesh's vertices alone",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    say(`drawing ${FRAMES} frames of one mesh in turn`);
    const { times } = await timeInTurn({ module: import.meta.url, contenders, folder });
    const floor = named(times, FLOOR).cpu;
    const { mesh, poses } = sampleRoom();
    const renderer = rendererOf(mesh);
    const seen = poses.map((pose) => renderer.visiblePixels(pose, null).length);
    return [
      {
        title: "Visible pixels of one frame",
        columns: ["work", "CPU, times the vertices alone", "CPU ms a frame", "ms a frame"],
        rows: [...times].map(([name, { cpu, wall }]) => [
          name,
          ratioText(ratioOf(cpu, floor)),
          (median(cpu) / FRAMES).toFixed(1),
          (median(wall) / FRAMES).toFixed(1),
        ]),
        notes: [
          "Aim: a few tens of milliseconds a frame.",
          `The mean of ${FRAMES} frames of ${intrinsics.width}x${intrinsics.height} along a walk through a room of ${mesh.positions.length / 3} vertices and ${mesh.triangles.length / 3} faces; ${Math.min(...seen)} to ${Math.max(...seen)} objects in view. One thread, memory kept from frame to frame.`,
        ],
      },
    ];
  },
};

function sampleRoom() {
  const room = makeRoom({ sceneName: "scene9000_00", seed: 1, vertexCount: REAL_SIZE });
  return { mesh: room.mesh, poses: cameraWalk(room, { seed: 1, frames: FRAMES }) };
}

function rendererOf({ positions, triangles, objectOfVertex }: RoomMesh): VisibilityRenderer {
  const faceObjects = labelFaces(triangles, objectOfVertex);
  return new VisibilityRenderer({ positions, faces: triangles, faceObjects }, intrinsics);
}
