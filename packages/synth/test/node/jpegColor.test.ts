import { expect, test } from "@jest/globals";
import sharp from "sharp";
import { cameraWalk, makeRoom, renderWalk, sensorIntrinsics } from "../../src/index.ts";
import { jpegColor } from "../../src/node/index.ts";

const intrinsics = sensorIntrinsics(160, 120);
const room = makeRoom({ sceneName: "scene9000_00", seed: 4, shape: "pillar" });
const [frame] = renderWalk(room.mesh, intrinsics, cameraWalk(room, { seed: 4, frames: 1 }));

test("a JPEG of the same size that decodes to nearly the same colours, and the same bytes again", async () => {
  const bytes = await jpegColor.encode(frame.color, 160, 120);
  expect([...bytes.slice(0, 2), ...bytes.slice(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 160, height: 120, channels: 3 });
  const difference = frame.color.reduce((sum, value, i) => sum + Math.abs(value - data[i]), 0) / frame.color.length;
  expect(difference).toBeLessThan(4);
  expect(bytes.length).toBeLessThan(frame.color.length / 5);
  expect(await jpegColor.encode(frame.color, 160, 120)).toEqual(bytes);
});

test("pixels that do not fit the size are refused", async () => {
  await expect(jpegColor.encode(frame.color.slice(3), 160, 120)).rejects.toThrow();
});
