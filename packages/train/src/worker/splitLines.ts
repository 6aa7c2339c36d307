import { StringDecoder } from "node:string_decoder";

/** 16 Mi characters: the longest event, `ready` with TRL's configuration, is some ten thousand; stops output without line ends from filling the memory. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** Gathers a stream's bytes into lines. What is longer than a line may be is handed on in pieces. */
export interface LineSplitter {
  push(bytes: Uint8Array): void;
  /** Hands on a last line without an end. */
  end(): void;
}

/** @param onLine gets each line without its end. */
export function splitLines(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder("utf8");
  let unfinished = "";
  return {
    push(bytes) {
      const pieces = (unfinished + decoder.write(Buffer.from(bytes))).split("\n");
      unfinished = pieces.pop()!;
      for (const piece of pieces) onLine(piece.replace(/\r$/, ""));
      if (unfinished.length > LONGEST_LINE) {
        onLine(unfinished);
        unfinished = "";
      }
    },
    end() {
      const last = unfinished + decoder.end();
      unfinished = "";
      if (last !== "") onLine(last);
    },
  };
}
