/**
 * The colours of all parts, light and dark, as CSS custom properties. A page that sets its own after these changes every
 * chart on it.
 *
 * The series in the light are Paul Tol's "muted" scheme (Colour Schemes, SRON/EPS/TN/09-002, 2021), told apart with every
 * common colour blindness; its pale grey, meant for missing data, is left out. Ordered so that the darker ones come
 * first: most charts have few series. In the dark they have the same hues, light enough for a dark ground.
 */
const COLOURS = {
  ink: ["#1c1f24", "#e6e8ec"],
  soft: ["#5b6472", "#a3abb8"],
  ground: ["#ffffff", "#14171b"],
  card: ["#f5f6f8", "#1e2228"],
  line: ["#d5d9e0", "#3a414c"],
  grid: ["#e6e8ec", "#2b313a"],
  focus: ["#0b57d0", "#8ab4f8"],
  good: ["#1a7f37", "#57c274"],
  warn: ["#8a4b00", "#ffb454"],
  bad: ["#b3261e", "#ff8a80"],
  s0: ["#332288", "#9c94f2"],
  s1: ["#CC6677", "#f08898"],
  s2: ["#44AA99", "#63cdbb"],
  s3: ["#882255", "#d4699f"],
  s4: ["#117733", "#6fc387"],
  s5: ["#999933", "#c3c35c"],
  s6: ["#88CCEE", "#a9e0fb"],
  s7: ["#AA4499", "#d07fc6"],
  s8: ["#DDCC77", "#f0e3a0"],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

/** The colour of a series, from the first on, in CSS; as many as CHART_LIMITS.series. */
export const SERIES_COLOURS = Object.keys(COLOURS).filter((name) => /^s\d$/.test(name));

/** Fonts that are there on each system. */
export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

function declarations(scheme: 0 | 1): string {
  return Object.entries(COLOURS)
    .map(([name, colours]) => `--vsi-${name}: ${colours[scheme]};`)
    .join(" ");
}

/** The palette for the scheme that the reader has set; print is light. */
export const PALETTE_STYLE = `:root { ${declarations(0)} }
@media screen and (prefers-color-scheme: dark) { :root { ${declarations(1)} } }
`;

/** The palette for a page that sets color-scheme itself: its reader may have chosen another scheme than the system's. */
export const LIVE_PALETTE_STYLE = `:root { ${Object.entries(COLOURS)
  .map(([name, [light, dark]]) => `--vsi-${name}: light-dark(${light}, ${dark});`)
  .join(" ")} }
`;

/** Rules of a chart, whether it is a file of its own or part of a page. */
export const CHART_STYLE = `.vsi-chart text { font-family: ${FONT}; font-size: 12px; fill: var(--vsi-ink); }
.vsi-chart .title { font-size: 14px; font-weight: 600; }
.vsi-chart .note, .vsi-chart .axis-title { font-size: 11.5px; fill: var(--vsi-soft); }
.vsi-chart .tick { font-size: 11.5px; font-variant-numeric: tabular-nums; }
.vsi-chart .empty { font-size: 14px; fill: var(--vsi-soft); }
.vsi-chart .end { text-anchor: end; }
.vsi-chart .middle { text-anchor: middle; }
.vsi-chart .ground { fill: var(--vsi-ground); }
.vsi-chart .grid { stroke: var(--vsi-grid); stroke-width: 1; }
.vsi-chart .base { stroke: var(--vsi-soft); stroke-width: 1; }
.vsi-chart .guide { stroke: var(--vsi-soft); stroke-width: 1.5; stroke-dasharray: 5 4; fill: none; }
${SERIES_COLOURS.map((name) => `.vsi-chart .${name} { --own: var(--vsi-${name}); }`).join("\n")}
.vsi-chart .fill { fill: var(--own); }
.vsi-chart .stroke { fill: none; stroke: var(--own); stroke-width: 2; stroke-linejoin: round; }
.vsi-chart .dashed { stroke-dasharray: 6 4; }
.vsi-chart .band { fill: var(--own); fill-opacity: .18; }
.vsi-chart .point { fill: var(--own); fill-opacity: .6; }
.vsi-chart .halo { stroke: var(--vsi-ground); stroke-width: 3; }
.vsi-chart .interval { stroke: var(--vsi-ink); stroke-width: 1.25; }
.vsi-chart .whisker { stroke: var(--own); stroke-width: 2; }
.vsi-chart .hollow { fill: var(--vsi-ground); stroke: var(--own); stroke-width: 2; }
.vsi-chart .cell { stroke: var(--vsi-ground); stroke-width: 1; }
.vsi-chart .same { fill: none; stroke: var(--vsi-good); stroke-width: 2; }
.vsi-chart .on-fill { fill: var(--vsi-ground); }
.vsi-chart .strip { fill: var(--vsi-ink); fill-opacity: 0; }
.vsi-chart .strip:hover { fill-opacity: .1; }
.vsi-chart .mark:hover { filter: brightness(1.15); }
`;

/**
 * Shades at the sides of a box that scrolls, where there is more of it: covers of the ground's colour scroll with what is
 * in it, and lay the shades bare (Lea Verou, "Pure CSS scrolling shadows", 2012).
 */
const SCROLL_SHADES = [
  "linear-gradient(to right, var(--vsi-ground) 50%, transparent) left / 2.5rem 100% no-repeat local",
  "linear-gradient(to left, var(--vsi-ground) 50%, transparent) right / 2.5rem 100% no-repeat local",
  "linear-gradient(to right, color-mix(in srgb, var(--vsi-ink) 28%, transparent), transparent) left / .9rem 100% no-repeat scroll",
  "linear-gradient(to left, color-mix(in srgb, var(--vsi-ink) 28%, transparent), transparent) right / .9rem 100% no-repeat scroll",
].join(", ");

/** Rules of a table and of the verdicts in it; .vsi-scroll is any other box that scrolls as a table does. */
export const TABLE_STYLE = `.vsi-table, .vsi-scroll { overflow-x: auto; background: ${SCROLL_SHADES}; }
.vsi-table { max-width: 100%; }
.vsi-table table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.vsi-table th, .vsi-table td { padding: .3rem .75rem; text-align: left; vertical-align: top; max-width: 32rem; }
.vsi-table td { border-bottom: 1px solid var(--vsi-line); white-space: pre-wrap; }
.vsi-table th { border-bottom: 2px solid var(--vsi-line); vertical-align: bottom; }
.vsi-table tfoot td { font-weight: 600; border-bottom: 0; }
.vsi-table tfoot tr:first-child td { border-top: 2px solid var(--vsi-ink); }
.vsi-table th.right, .vsi-table td.right { text-align: right; }
.vsi-table td.right { white-space: nowrap; }
.vsi-table td.long { min-width: 18rem; }
.vsi-table th button { all: unset; cursor: pointer; font: inherit; }
.vsi-table th button::after { content: "\\a0\\2195"; color: var(--vsi-soft); font-weight: 400; }
.vsi-table th[aria-sort="ascending"] button::after { content: "\\a0\\2191"; color: inherit; }
.vsi-table th[aria-sort="descending"] button::after { content: "\\a0\\2193"; color: inherit; }
.vsi-table th button:focus-visible, .vsi-table:focus-visible { outline: 2px solid var(--vsi-focus); outline-offset: 2px; }
.vsi-filter { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: 0 0 .5rem; font-size: .9rem; color: var(--vsi-soft); }
.vsi-filter input { font: inherit; color: var(--vsi-ink); background: var(--vsi-ground); border: 1px solid var(--vsi-soft);
  border-radius: 6px; padding: .3rem .6rem; width: 16rem; max-width: 100%; }
.vsi-tone { display: inline-block; min-width: 7.5rem; font-weight: 600; }
.vsi-tone.good { color: var(--vsi-good); }
.vsi-tone.warn { color: var(--vsi-warn); }
.vsi-tone.bad { color: var(--vsi-bad); }
.vsi-tone.good::before { content: "\\2713\\a0"; }
.vsi-tone.warn::before { content: "!\\a0"; }
.vsi-tone.bad::before { content: "\\2715\\a0"; }
@media screen { .vsi-sorted tr[hidden] { display: none; } }
`;
