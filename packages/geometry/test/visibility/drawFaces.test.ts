import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { clearDepthBuffer, createDepthBuffer } from "../../src/visibility/depthBuffer.ts";
import { drawFaces } from "../../src/visibility/drawFaces.ts";
import { createProjectedVertices, NEAR_PLANE, projectVertices } from "../../src/visibility/projectVertices.ts";
import { worldToCamera } from "../../src/visibility/worldToCamera.ts";
import { boxMesh, boxRoomView, castRays, smallCamera } from "./boxRoom.ts";

describe("drawFaces", () => {
  test("leaves at every pixel the object and the depth that its ray meets, but for a few on borders", () => {
    const buffer = createDepthBuffer(smallCamera.width, smallCamera.height);
    fc.assert(
      fc.property(boxRoomView, ({ boxes, pose }) => {
        const mesh = boxMesh(boxes);
        const rays = castRays(mesh, smallCamera, pose, NEAR_PLANE);
        const projected = createProjectedVertices(mesh.positions.length / 3);
        const toCamera = worldToCamera(pose);
        projectVertices(mesh.positions, toCamera, smallCamera, projected);
        clearDepthBuffer(buffer);
        drawFaces(buffer, { ...mesh, owners: mesh.faceObjects, projected }, toCamera, smallCamera);
        const differing = rays.depths.filter((depth, pixel) => {
          const drawn = buffer.inverseDepths[pixel] === 0 ? 0 : 1 / buffer.inverseDepths[pixel];
          return buffer.owners[pixel] !== rays.objects[pixel] || Math.abs(drawn - depth) > 1e-6 * depth;
        });
        expect(differing.length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 60 },
    );
  });
});
