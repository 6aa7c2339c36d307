/**
 * 16 Mi UTF-16 units: a completion of 128,000 tokens comes to about half a million, its JSON to at most six times that.
 * Stops an input without line feeds from filling the memory.
 */
export const LONGEST_LINE = 16 * 1024 ** 2;

/**
 * Cuts text into its lines, as many at a time as a chunk completes; null stands for a line longer than `longest`, of
 * which nothing is kept. The chunks are text, cut anywhere. A byte order mark at the start and the last line feed
 * belong to no line.
 */
export async function* readLines(
  chunks: AsyncIterable<string | Buffer>,
  longest: number = LONGEST_LINE,
): AsyncGenerator<(string | null)[]> {
  // The pieces of the line that has not ended; null when it is already too long.
  let pieces: string[] | null = [];
  let length = 0;
  let isStart = true;
  for await (const chunk of chunks) {
    let text = String(chunk);
    if (isStart && text !== "") {
      isStart = false;
      if (text.startsWith("\ufeff")) text = text.slice(1);
    }
    const lines: (string | null)[] = [];
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      lines.push(pieces === null || length + end - start > longest ? null : pieces.join("") + text.slice(start, end));
      pieces = [];
      length = 0;
      start = end + 1;
    }
    length += text.length - start;
    if (length > longest) pieces = null;
    else if (start < text.length) pieces?.push(text.slice(start));
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [pieces?.join("") ?? null];
}
