import { SingleBar } from "cli-progress";

export interface Progress {
  scanDone(scanId: string): void;
  /** A line that must not be overdrawn by the bar. */
  note(line: string): void;
  stop(): void;
}

export type ProgressStyle = "bar" | "lines" | "none";

/** Without a terminal a line is printed each time another tenth of the scans is done. */
const PLAIN_LINES = 10;

/** Progress goes to standard error, so that standard output stays fit for pipes. */
export function startProgress(
  total: number,
  style: ProgressStyle,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  if (style === "bar") return startBar(total, stream);
  let done = 0;
  return {
    scanDone(scanId) {
      const before = Math.floor((done * PLAIN_LINES) / total);
      done += 1;
      const isNewTenth = Math.floor((done * PLAIN_LINES) / total) > before;
      if (style === "lines" && isNewTenth) stream.write(`${done}/${total} scans, last ${scanId}\n`);
    },
    note: (line) => {
      stream.write(`${line}\n`);
    },
    stop() {},
  };
}

function startBar(total: number, stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar({
    format: "{bar} {value}/{total} scans | {duration_formatted}, {eta_formatted} left | {scanId}",
    stream,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
  });
  bar.start(total, 0, { scanId: "" });
  return {
    scanDone: (scanId) => bar.increment(1, { scanId }),
    note(line) {
      stream.write(`\r\u001B[K${line}\n`); // Clears what the bar drew; it draws itself again below.
    },
    stop: () => bar.stop(),
  };
}
