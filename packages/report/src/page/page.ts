import type { Table } from "../table/table.ts";

/** One part of a page. All texts are plain text; none is read as HTML. */
export type Block =
  | { kind: "paragraph"; text: string }
  | { kind: "heading"; text: string }
  | { kind: "list"; items: readonly string[] }
  | { kind: "table"; table: Table; caption?: string }
  /**
   * `svg`: a whole SVG document, shown as an image, so that nothing in it can run. The caption is also its
   * alternative text.
   */
  | { kind: "figure"; svg: string; caption: string }
  | { kind: "code"; text: string }
  | { kind: "warning"; text: string }
  /** Folded until it is clicked. */
  | { kind: "details"; summary: string; blocks: readonly Block[] };

/** A report on one page. */
export interface Page {
  title: string;
  /** What the reader has to know first, below the title. */
  lead: string;
  blocks: readonly Block[];
}
