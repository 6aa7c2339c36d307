import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withFolder } from "@vsi/testing/folders";
import { openFrameStream } from "../../src/node/frameStream.ts";
import { emptyJpeg } from "../support/sensBytes.ts";
import { thrownCode } from "../support/thrownError.ts";

const MATRIX = "1 0 0 0.5\n0 1 0 -2\n0 0 1 1.5\n0 0 0 1\n";
const CAMERA = "577 0 319.5 0\n0 577 239.5 0\n0 0 1 0\n0 0 0 1\n";
const FRAMES = {
  "frames/scene0000_00/intrinsic/intrinsic_color.txt": CAMERA,
  "frames/scene0000_00/intrinsic/intrinsic_depth.txt": CAMERA,
  "frames/scene0000_00/color/0.jpg": emptyJpeg,
};

const opened = (root: string) => {
  const folder = { scanId: "scene0000_00", path: join(root, "scans/scene0000_00"), isTestFolder: false };
  return openFrameStream(folder);
};

test.each(["", "\u0004\0\0\0"])(
  "regression: a .sens file that is cut off (%j) took precedence over whole exported frames",
  async (cut) => {
    const sens = { "scans/scene0000_00/scene0000_00.sens": cut };
    await withFolder({ ...sens, ...FRAMES, "frames/scene0000_00/pose/0.txt": MATRIX }, async (root) => {
      const stream = await opened(root);
      expect([stream.path, stream.frames.length]).toEqual(["frames/scene0000_00", 1]);
      expect(stream.insteadOf?.detail.file).toBe("scene0000_00/scene0000_00.sens");
    });
    const code = cut === "" ? "file-empty" : "sens-truncated";
    for (const beside of [sens, { ...sens, ...FRAMES }]) {
      await withFolder(beside, async (root) => expect(await thrownCode(() => opened(root))).toBe(code));
    }
  },
);
