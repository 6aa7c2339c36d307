import type { ProgressStyle } from "@vsi/command";

/** Shows one line that changes. */
export interface StepDisplay {
  /** @param isLast shown in any case. */
  show(line: string, isLast: boolean): void;
  /** A line that stays. */
  note(line: string): void;
  stop(): void;
}

/** Half a minute: a log of a night's run stays some thousand lines. */
const SECONDS_BETWEEN_LINES = 30;

/** A terminal's width when it does not tell. */
const USUAL_COLUMNS = 80;

const CLEAR_LINE = "\r\u001B[K";

/**
 * "bar" draws the line over itself, cut to the terminal's width; "lines" prints the first, the last, and one every half
 * minute between.
 * @param now the time in seconds.
 */
export function createStepDisplay(
  style: ProgressStyle,
  stream: NodeJS.WriteStream = process.stderr,
  now: () => number = () => performance.now() / 1000,
): StepDisplay {
  let current = "";
  let printed = Number.NEGATIVE_INFINITY;
  const draw = (): void => {
    stream.write(CLEAR_LINE + current.slice(0, (stream.columns || USUAL_COLUMNS) - 1));
  };
  return {
    show(line, isLast) {
      if (style === "bar") {
        current = line;
        draw();
      } else if (style === "lines" && (isLast || now() - printed >= SECONDS_BETWEEN_LINES)) {
        printed = now();
        stream.write(`${line}\n`);
      }
    },
    note(line) {
      if (current === "") {
        stream.write(`${line}\n`);
        return;
      }
      stream.write(`${CLEAR_LINE}${line}\n`);
      draw();
    },
    stop() {
      // The last state stays on the terminal.
      if (current !== "") stream.write("\n");
      current = "";
    },
  };
}
