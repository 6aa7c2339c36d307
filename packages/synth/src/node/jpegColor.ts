import type { ColorEncoder } from "../scannet/colorEncoder.ts";

/** 90: flat colours stay within a few steps of the renderer's. */
const quality = 90;

/** JPEG by sharp, without mozjpeg's slower search. One version of sharp gives one set of bytes. */
export const jpegColor: ColorEncoder = {
  compression: "jpeg",
  encode: async (rgb, width, height) => {
    // Imported only here: rooms can be written where sharp's native library is missing.
    const { default: sharp } = await import("sharp");
    return sharp(rgb, { raw: { width, height, channels: 3 } })
      .jpeg({ quality, mozjpeg: false })
      .toBuffer();
  },
};
