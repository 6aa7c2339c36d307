import { open } from "node:fs/promises";

/** 64 KiB: some hundred lines; a log may be gigabytes long. */
const TAIL_BYTES = 64 * 1024;

/** The last lines of a text file, blank ones left out; none when it cannot be read. */
export async function lastLines(path: string, count: number): Promise<string[]> {
  const file = await open(path).catch(() => null);
  if (file === null) return [];
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, TAIL_BYTES)), 0, null, start);
    const lines = buffer.toString("utf8", 0, bytesRead).split(/\r?\n|\r/);
    return lines.filter((line) => line.trim() !== "").slice(-count);
  } finally {
    await file.close();
  }
}
