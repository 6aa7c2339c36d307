import type { DatasetSettings } from "../publish/settings.ts";
import { buildWords } from "./buildWords.ts";

/** What of the videos is in the folder, and how to get the rest. */
export function framesSection(settings: DatasetSettings, isScanNet: boolean, published: boolean): string {
  if (settings.frames === null) {
    return published
      ? "The dataset has no frames: it was made from facts about the scenes. The videos are those of the scenes' own datasets."
      : "The dataset has no frames. To sample them from the scans' streams (`<scanId>.sens`), and to ask only about what they show, build with `--frames N`.";
  }
  const named =
    "Every question lists its frames in `frames`; `scenes/<scanId>.json` has for each its index in the stream " +
    "(`<scanId>.sens`), its pose, and the objects it shows. `000120.jpg` is the colour image with index 120.";
  if (settings.pixels) {
    const terms =
      "\n\n**Their pixels are ScanNet's and must not be redistributed.** For a dataset that may be published, with the same " +
      "questions and the frames by name, build with `--no-pixels`.";
    return `The frames are in \`frames/<scanId>/\`. ${named}${isScanNet ? terms : ""}`;
  }
  const words = buildWords({ ...settings, pixels: true }, published).join(" ");
  const access = isScanNet
    ? "ScanNet's terms let questions and frame indices be published, but no pixels. To get them, accept the terms " +
      "(http://www.scan-net.org), download the streams with ScanNet's script (`--type .sens`, and the four files that vsi-build's README names), and build"
    : "To get the pixels, build from the same raw scans";
  return `The frames' pixels are left out (\`--no-pixels\`). ${named}\n\n${access}: the same questions come out, with \`frames/<scanId>/\` beside them.\n\n\`\`\`sh\n${words}\n\`\`\``;
}
