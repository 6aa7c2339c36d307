import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { FirstSeen } from "@vsi/dataset";
import { type StreamTruth, sensorIntrinsics } from "@vsi/synth";
import { writeRawScanNet } from "@vsi/synth/node";
import { temporaryFolder } from "@vsi/testing/folders";
import { labelFaces, labelVertices } from "../../src/camera/meshLabels.ts";
import { alignPose } from "../../src/camera/pose.ts";
import { firstSeen, VisibilityRenderer, type VisibleFrame } from "../../src/camera/visibility.ts";
import type { Scan } from "../../src/facts/sceneFacts.ts";
import { readCamera } from "../../src/node/camera.ts";
import { readMesh } from "../../src/node/mesh.ts";
import { readScanWithMesh } from "../../src/node/readScan.ts";
import { findScans, type ScanFolder } from "../../src/node/scanFolders.ts";
import { openSensStream } from "../../src/node/sensStream.ts";
import { groupInstances } from "../../src/sources/scannet/instances.ts";
import { alignPositions } from "../../src/vertices.ts";

/** Few and small: pixels cost ten times as much inside of Jest. */
const FRAMES = 40;
const SIZE = [80, 60] as const;
const MINIMUM_PIXELS = 8;

/** First appearances with every frame of the stream drawn. */
async function firstSeenOfAll({ path, scanId }: ScanFolder, scan: Scan) {
  const { faces } = await readMesh(join(path, `${scanId}_vh_clean_2.ply`));
  const positions = alignPositions(scan.positions, scan.axisAlignment);
  const instances = groupInstances(scan.segmentIds, scan.aggregation.objects);
  const objects = scan.aggregation.objects.map(({ id }, place) => ({ id, vertices: instances[place]! }));
  const faceObjects = labelFaces(faces, labelVertices(positions.length / 3, objects));
  const renderer = new VisibilityRenderer({ positions, faces, faceObjects }, sensorIntrinsics(...SIZE));
  const stream = await openSensStream(join(path, `${scanId}.sens`));
  async function* draw(): AsyncGenerator<VisibleFrame> {
    for (const { index, timeColor, cameraToWorld } of stream.frames) {
      const time_s = (timeColor - stream.frames[0]!.timeColor) / 1e6;
      const depth = { values: await stream.readDepth(index), shift: stream.depthShift };
      const pose = alignPose(cameraToWorld, scan.axisAlignment);
      yield { index, time_s, visible: renderer.visiblePixels(pose, depth) };
    }
  }
  try {
    return await firstSeen(draw(), MINIMUM_PIXELS);
  } finally {
    await stream.close();
  }
}

describe("readCamera", () => {
  const raw = temporaryFolder();

  test("appearance order is that of drawing every frame of the stream, whatever was sampled before", async () => {
    await writeRawScanNet(raw, { rooms: 1, seed: 3, vertexCount: 6000, frames: FRAMES, frameSize: SIZE });
    for (const folder of await findScans(raw)) {
      const { scan } = await readScanWithMesh(folder, { dataset: "vsi-synth" });
      const all = await firstSeenOfAll(folder, scan);
      expect(all.length).toBeGreaterThan(10);
      for (const frames of [1, 32]) {
        const options = { frames, sampling: "uniform", minimumPixels: MINIMUM_PIXELS, firstSeen: true } as const;
        const { camera, warnings } = await readCamera(folder, scan, options, async () => {});
        expect([camera.first_seen, warnings]).toEqual([all, []]);
      }
      const truth = JSON.parse(await readFile(join(raw, "truth", `${folder.scanId}.json`), "utf8")) as StreamTruth;
      const shown = (first: FirstSeen) =>
        truth.frames[first.index]!.visible.some(({ objectId }) => objectId === first.object_id);
      expect(all.filter(shown)).toEqual(all);
    }
  });
});
