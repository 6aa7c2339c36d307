import type { SampledImage } from "@vsi/geometry/node";
import type { FrameSettings } from "../publish/settings.ts";

/** High enough that a model sees no difference, a quarter of the bytes of quality 100. */
const JPEG_QUALITY = 90;

/**
 * A sampled frame as the JPEG that the dataset holds. A JPEG stays byte for byte what the stream held, unless a smaller
 * size is asked for.
 */
export async function encodeFrame(image: SampledImage, size: FrameSettings["size"]): Promise<Uint8Array> {
  if (image.compression === "jpeg" && size === null) return image.bytes;
  // Loaded only when pixels are really touched: it takes a tenth of a second.
  const { default: sharp } = await import("sharp");
  const isRaw = image.compression === "raw" && image.width !== null && image.height !== null;
  const source = isRaw
    ? sharp(image.bytes, { raw: { width: image.width as number, height: image.height as number, channels: 3 } })
    : sharp(image.bytes, { failOn: "truncated" });
  const sized = size === null ? source : source.resize({ ...size, fit: "inside", withoutEnlargement: true });
  return sized.jpeg({ quality: JPEG_QUALITY }).toBuffer();
}
