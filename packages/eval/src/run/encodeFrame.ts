import { EvaluationError } from "../evaluationError.ts";
import { frameSize } from "./frameSize.ts";

/** High enough that a model sees no difference, a quarter of the bytes of quality 100. */
const JPEG_QUALITY = 90;

/**
 * A frame as the data URL that a chat request holds: turned upright as its EXIF says, resized by `frameSize`, JPEG.
 *
 * @param maxPixels width times height at most.
 * @throws EvaluationError "frame-unreadable" naming the file.
 */
export async function encodeFrame(path: string, maxPixels: number): Promise<string> {
  // Loaded only when pixels are really touched: it takes a tenth of a second.
  const { default: sharp } = await import("sharp");
  try {
    const image = sharp(path, { failOn: "truncated" }).autoOrient();
    const { autoOrient } = await image.metadata();
    const size = frameSize(autoOrient.width, autoOrient.height, maxPixels);
    const bytes = await image
      .resize({ ...size, fit: "fill" })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer();
    return `data:image/jpeg;base64,${bytes.toString("base64")}`;
  } catch (error) {
    throw new EvaluationError(
      "frame-unreadable",
      {
        file: path.replaceAll("\\", "/"),
        place: "image",
        got: `the error "${(error as Error).message}"`,
        expected: "a whole JPEG or PNG",
        advice: "Export or download the scene's frames again, then go on with --resume.",
      },
      { cause: error },
    );
  }
}
