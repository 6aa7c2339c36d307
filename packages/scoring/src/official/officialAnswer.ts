import { pythonStrip } from "./pythonStrip.ts";

/**
 * What VSI-Bench's code takes as the answer: `prediction.split(' ')[0].rstrip('.').strip()`. A leading space gives "", and only
 * U+0020 splits: "3\nchairs" stays whole.
 */
export function officialAnswer(prediction: string): string {
  const space = prediction.indexOf(" ");
  let end = space < 0 ? prediction.length : space;
  while (end > 0 && prediction.charCodeAt(end - 1) === 46) end -= 1;
  return pythonStrip(prediction.slice(0, end));
}
