import { describe, expect, test } from "@jest/globals";
import { OrthographicCamera, PerspectiveCamera, Vector3 } from "three";
import { drawingOf, drawnPoints } from "../../src/page/drawing/drawing.ts";
import { frameOrbit, frameTop } from "../../src/page/room/framing.ts";

/** A room of 4 by 3 metres, and the sectors around a standpoint in its corner. */
const ROOM = [new Vector3(0, 0, 0), new Vector3(4, 3, 2.5)];
const CENTER = [0.3, 0.3, 0.03] as const;
const RADIUS = 2.5;
const drawn = drawnPoints(
  drawingOf({
    sectors: [
      { center: [...CENTER], start: 0, end: Math.PI, radius_m: RADIUS, label: "left", isAnswer: true },
      { center: [...CENTER], start: Math.PI, end: 2 * Math.PI, radius_m: RADIUS, label: "right", isAnswer: false },
    ],
  }),
).map((point) => new Vector3(...point));
const points = [...ROOM, ...drawn];
/** Finer than the points that the camera was placed by. */
const disc = Array.from({ length: 720 }, (_, step) => {
  const angle = (step / 360) * Math.PI;
  return new Vector3(CENTER[0] + RADIUS * Math.cos(angle), CENTER[1] + RADIUS * Math.sin(angle), CENTER[2]);
});

describe.each([0.4, 1, 2.5])("a picture %d times as wide as high", (aspect) => {
  const isWhole = (camera: PerspectiveCamera | OrthographicCamera) => {
    camera.updateMatrixWorld();
    return [...points, ...disc].every((point) => {
      const { x, y } = point.clone().project(camera);
      return Math.abs(x) < 1 && Math.abs(y) < 1;
    });
  };

  test("regression: sectors that reach beyond the walls were cut off at the border from above", () => {
    const camera = new OrthographicCamera();
    frameTop(camera, points, aspect);
    expect(isWhole(camera)).toBe(true);
  });

  test("regression: and in the view that turns, which is as near as the points allow", () => {
    const camera = new PerspectiveCamera(45, aspect, 0.02, 500);
    camera.up.set(0, 0, 1);
    const target = frameOrbit(camera, points, aspect);
    camera.lookAt(target);
    expect(isWhole(camera)).toBe(true);
    camera.position.lerp(target, 0.2);
    expect(isWhole(camera)).toBe(false);
  });
});
