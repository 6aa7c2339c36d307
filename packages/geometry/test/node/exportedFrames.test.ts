import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withFolder } from "@vsi/testing/folders";
import { jpegBytes } from "@vsi/testing/jpeg";
import fc from "fast-check";
import type { FrameStream } from "../../src/camera/frames.ts";
import { isFrameDamage } from "../../src/node/damagedFrames.ts";
import { openExportedFrames } from "../../src/node/exportedFrames.ts";
import { listNumberedFiles } from "../../src/node/frameLayouts.ts";
import { emptyJpeg } from "../support/sensBytes.ts";
import { thrownCode, thrownError } from "../support/thrownError.ts";

type Files = Record<string, string | Uint8Array>;

const pose = "1.000000 0.000000 0.000000 0.500000\n0 1 0 -2\n0 0 1 1.5\n0 0 0 1\n";

/** One white pixel. */
const whitePng = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC",
  "base64",
);

const JPEG = /^(\d{1,9})\.jpg$/;

const lost = "-inf -inf -inf -inf\n".repeat(4);

const camera = (focal: number, x = 319.5, y = 239.5) => `${focal} 0 ${x} 0\n0 ${focal} ${y} 0\n0 0 1 0\n0 0 0 1\n`;

const pngOf = (width: number, height: number) =>
  Uint8Array.of(
    ...[137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82],
    ...[0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255],
  );

const jpegOf = (width: number, height: number) => {
  const bytes = jpegBytes();
  bytes.set([height >> 8, height & 255, width >> 8, width & 255], 7);
  return bytes;
};

/** The first bytes of one. */
const png = pngOf(640, 480);

const cameras = { "intrinsic/intrinsic_color.txt": camera(1170), "intrinsic/intrinsic_depth.txt": camera(577) };

async function withFrames<T>(files: Files, use: (stream: FrameStream) => Promise<T>): Promise<T> {
  return withFolder({ ...files, other: "" }, async (folder) => {
    const stream = await openExportedFrames(join(folder), { file: "frames/scene0000_00" });
    try {
      return await use(stream);
    } finally {
      await stream.close();
    }
  });
}

test("ordered by number, however many zeros lead it; other names and extensions are ignored", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat({ max: 99_999 }), { maxLength: 10 }),
      fc.nat({ max: 9 }),
      async (indices, digits) => {
        const files = Object.fromEntries(indices.map((index) => [`${String(index).padStart(digits, "0")}.jpg`, ""]));
        await withFolder({ ...files, "x.jpg": "", "1.png": "", "-2.jpg": "", "3.5.jpg": "" }, async (folder) => {
          const listed = await listNumberedFiles(folder, "color", JPEG);
          expect(listed.map(({ index }) => index)).toEqual(indices.sort((first, second) => first - second));
        });
      },
    ),
    { numRuns: 30 },
  );
});

test("no folder is an error, one number in two spellings a fault of its one entry", async () => {
  await withFolder({ "7.jpg": "", "007.jpg": "", "0007.jpg": "", "8.jpg": "" }, async (folder) => {
    const listed = await listNumberedFiles(folder, "color", JPEG);
    expect(listed.map(({ index, fault }) => [index, fault?.code])).toEqual([
      [7, "frames-number-twice"],
      [8, undefined],
    ]);
    expect(await thrownCode(() => listNumberedFiles(join(folder, "no"), "color", JPEG))).toBe("file-missing");
  });
});

describe("openExportedFrames", () => {
  test("frames by their numbers, ten after nine, with poses and images; other files are ignored", async () => {
    const files: Files = { ...cameras, "color/readme.txt": "", "color/9a.jpg": "", "color/._9.jpg": "" };
    for (const index of [9, 10, 100]) files[`color/${index}.jpg`] = jpegBytes(index);
    files["pose/9.txt"] = pose;
    files["pose/10.txt"] = lost;
    files["pose/000100.txt"] = pose.replaceAll("\n", "\r\n");
    await withFrames(files, async (stream) => {
      expect(stream.frames.map(({ index }) => index)).toEqual([9, 10, 100]);
      expect(stream.frames.map(({ hasValidPose }) => hasValidPose)).toEqual([true, false, true]);
      expect([...stream.frames[2].cameraToWorld]).toEqual([1, 0, 0, 0.5, 0, 1, 0, -2, 0, 0, 1, 1.5, 0, 0, 0, 1]);
      expect([...(await stream.readColor(100))]).toEqual([...jpegBytes(100)]);
      expect([stream.intrinsicColor[0], stream.intrinsicDepth[5]]).toEqual([1170, 577]);
      expect([stream.depthWidth, stream.depthHeight]).toEqual([null, null]);
      expect(await stream.readDepth(9)).toBeNull();
    });
  });

  test.each(["intrinsic/intrinsic_", "intrinsic_", "intrinsics_"])(
    "cameras in %s, depth's size from its first image",
    async (name) => {
      const files = {
        [`${name}color.txt`]: camera(1170),
        [`${name}depth.txt`]: camera(577),
        "color/000000.jpg": emptyJpeg,
        "pose/000000.txt": pose,
        "depth/000000.png": png,
      };
      await withFrames(files, async (stream) => {
        expect([stream.depthWidth, stream.depthHeight, stream.intrinsicDepth[0]]).toEqual([640, 480, 577]);
      });
    },
  );

  const good: Files = { ...cameras, "color/0.jpg": emptyJpeg, "pose/0.txt": pose };
  /** A depth camera of 2x1 pixels. */
  const tiny: Files = { "intrinsic/intrinsic_depth.txt": camera(2, 1, 0.5) };
  const without = (name: string): Files => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
  test.each<[string, Files, string, string, string]>([
    ["no folder of images", {}, "frames-none", "", "color"],
    [
      "no camera of the depth images",
      { ...without("intrinsic/intrinsic_depth.txt"), "depth/0.png": png },
      "frames-intrinsic-missing",
      "",
      "folder",
    ],
    [
      "no focal length",
      { ...good, "intrinsic/intrinsic_depth.txt": camera(0) },
      "frames-bad-intrinsic",
      "/intrinsic/intrinsic_depth.txt",
      "matrix",
    ],
    [
      "intrinsics of larger depth images",
      { ...good, "depth/0.png": pngOf(320, 240) },
      "frames-bad-intrinsic",
      "",
      "depth camera",
    ],
    ["depth that is no PNG", { ...good, "depth/0.png": "JPEG" }, "frames-bad-depth", "/depth/0.png", "byte 0"],
  ])("%s is an error with its file and line", async (_, files, code, file, place) => {
    const error = await thrownError(() => withFrames(files, async () => {}));
    expect([error?.code, error?.detail.file, error?.detail.place]).toEqual([code, `frames/scene0000_00${file}`, place]);
  });

  test("regression: without depth images, frames were refused for want of their camera", async () => {
    const files = { ...without("intrinsic/intrinsic_depth.txt"), "color/0.jpg": jpegOf(1280, 960) };
    await withFrames({ ...files, "intrinsic/intrinsic_color.txt": camera(1170, 639.5, 479.5) }, async (stream) => {
      // At 640x480, as ScanNet's sensor.
      expect([...stream.intrinsicDepth]).toEqual([585, 0, 319.75, 0, 0, 585, 239.75, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
    });
  });

  test("regression: posed images that were made smaller than their intrinsics gave questions about other places", async () => {
    const files = { "00000.jpg": jpegOf(640, 480), "00000.txt": pose };
    const small = { ...files, "intrinsic.txt": camera(1170, 647.5, 483.5) };
    const error = await thrownError(() => withFrames(small, async () => {}));
    expect([error?.code, error?.detail.got]).toEqual([
      "frames-bad-intrinsic",
      "the principal point 647.5, 483.5 of color images of 640x480",
    ]);
    await withFrames({ ...files, "intrinsic.txt": camera(577) }, async (stream) => {
      expect(stream.intrinsicDepth[0]).toBe(577);
    });
  });

  test("regression: an error of a folder was six lines, for each of a thousand scans", async () => {
    const error = await thrownError(() => withFrames({}, async () => {}));
    expect(error?.message).not.toContain("\n");
  });

  test.each<[string, Files, string, string, string]>([
    ["none", without("pose/0.txt"), "frames-pose-missing", "", "frame 0"],
    ["a word", { ...good, "pose/0.txt": pose.replace("-2", "x") }, "matrix-bad-number", "/pose/0.txt", "line 2"],
    ["a short row", { ...good, "pose/0.txt": pose.replace(" -2", "") }, "matrix-bad-row", "/pose/0.txt", "line 2"],
    [
      "three rows",
      { ...good, "pose/0.txt": pose.replace("0 0 0 1\n", "") },
      "matrix-bad-row-count",
      "/pose/0.txt",
      "line 4",
    ],
    ["five rows", { ...good, "pose/0.txt": `${pose}0 0 0 1` }, "matrix-bad-row-count", "/pose/0.txt", "line 5"],
    ["an empty file", { ...good, "pose/0.txt": "" }, "file-empty", "/pose/0.txt", "byte 0"],
  ])(
    "a pose missing or broken (%s) is its frame's fault, with file and line; the others keep theirs",
    async (...row) => {
      const [, files, code, file, place] = row;
      await withFrames({ ...files, "color/1.jpg": emptyJpeg, "pose/1.txt": pose }, async ({ frames }) => {
        expect(frames.map(({ hasValidPose }) => hasValidPose)).toEqual([false, true]);
        const faults = frames.map(({ poseFault }) => poseFault);
        expect([faults[0]?.code, faults[0]?.detail.file, faults[0]?.detail.place]).toEqual([
          code,
          `frames/scene0000_00${file}`,
          place,
        ]);
        expect(faults[1]).toBeUndefined();
      });
    },
  );

  test("regression: two files of one number lost the whole scan; that frame's own image or pose is its fault", async () => {
    const twice = {
      ...good,
      "color/00.jpg": emptyJpeg,
      "color/1.jpg": emptyJpeg,
      "pose/1.txt": pose,
      "pose/01.txt": pose,
    };
    await withFrames({ ...twice, "color/2.jpg": jpegBytes(), "pose/2.txt": pose }, async (stream) => {
      expect(stream.frames.map(({ index, poseFault }) => [index, poseFault?.code])).toEqual([
        [0, undefined],
        [1, "frames-number-twice"],
        [2, undefined],
      ]);
      const error = await thrownError(() => stream.readColor(0));
      expect([error?.code, error?.detail.place]).toEqual(["frames-number-twice", "frame 0"]);
      expect(isFrameDamage(error)).toBe(true);
      expect(await stream.readColor(2)).toHaveLength(jpegBytes().length);
    });
    await withFrames({ ...good, "depth/0.png": png, "depth/00.png": png, "depth/1.png": png }, async (stream) => {
      expect(await thrownCode(() => stream.readDepth(0))).toBe("frames-number-twice");
    });
  });

  test("the first depth image is damaged: the next one tells the size", async () => {
    for (const damaged of ["", "JPEG"]) {
      await withFrames({ ...good, "depth/0.png": damaged, "depth/1.png": png }, async (stream) => {
        expect([stream.depthWidth, stream.depthHeight]).toEqual([640, 480]);
      });
    }
  });

  test("one depth image of another size, the first too, loses itself and not the others", async () => {
    const small = Uint8Array.of(...new TextEncoder().encode("P5 2 1 65535\n"), 0, 0, 0, 0);
    const files = { ...good, "depth/0.png": small, "depth/1.png": png, "depth/2.png": png, "depth/3.png": png };
    await withFrames(files, async (stream) => {
      expect([stream.depthWidth, stream.depthHeight]).toEqual([640, 480]);
      expect((await thrownError(() => stream.readDepth(0)))?.detail.got).toBe("2x1 pixels");
    });
  });

  test("a cut or foreign image is an error when it is asked for, as is a number that there is not", async () => {
    const files = { ...good, "color/0.jpg": emptyJpeg.subarray(0, 3), "color/1.jpg": "GIF89a", "pose/1.txt": pose };
    await withFrames(files, async (stream) => {
      const errors = await Promise.all([0, 1, 2].map((index) => thrownError(() => stream.readColor(index))));
      const codes = ["frames-color-truncated", "frames-bad-color", "frames-no-frame"];
      expect(errors.map((error) => error?.code)).toEqual(codes);
    });
  });

  test("colour as PNG, depth as PGM; a copy in the other form is not a second frame", async () => {
    const depth = Uint8Array.of(...new TextEncoder().encode("P5 2 1 65535\n"), 1, 2, 255, 254);
    const files: Files = { ...good, ...tiny, "depth/0.pgm": depth, "color/1.png": whitePng, "pose/1.txt": pose };
    await withFrames(files, async (stream) => {
      expect(stream.frames.map(({ index }) => index)).toEqual([0]);
      expect(await stream.readDepth(0)).toEqual(Uint16Array.of(258, 65534));
    });
    const { "color/0.jpg": _, ...withoutJpeg } = files;
    await withFrames(withoutJpeg, async (stream) => {
      expect([stream.colorCompression, stream.frames.map(({ index }) => index)]).toEqual(["png", [1]]);
      expect([...(await stream.readColor(1))]).toEqual([...whitePng]);
      expect(await stream.readDepth(1)).toBeNull();
    });
  });

  test.each([
    ["8 bits a pixel", "P5 2 1 255\n\x01\x02", "a PGM of values up to 255"],
    ["too few pixels", "P5 2 1 65535\n\x01", "1 bytes of pixels for 2x1"],
    ["no pixels of a PNG", png, "pixels that can't be inflated"],
  ])("a depth image of %s is its frame's fault, told when it is read", async (_, image, got) => {
    const header = Uint8Array.of(...png, 16, 0, 0, 0, 0, 0, 0, 0, 0);
    await withFrames(
      { ...good, ...(image !== png && tiny), "depth/0.pgm": image === png ? header : image },
      async (stream) => {
        const error = await thrownError(() => stream.readDepth(0));
        expect([error?.code, error?.detail.file]).toEqual(["frames-bad-depth", "frames/scene0000_00/depth/0.pgm"]);
        expect(error?.detail.got).toContain(got);
      },
    );
  });
});
