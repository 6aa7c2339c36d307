/** What vega exports and its declarations (6.4) leave out. */
interface UndeclaredExports {
  /** How text is measured: with the optional package canvas, or by an estimate from the number of characters. */
  textMetrics: { canvas(use: boolean): boolean };
  /** Round bins over an extent. */
  bin(options: { extent: [number, number]; maxbins: number }): { start: number; stop: number; step: number };
  /** A seeded generator of numbers from 0 to below 1. */
  randomLCG(seed: number): () => number;
}

/**
 * Vega, loaded when the first chart is drawn: with vega-lite it takes a quarter of a second, and pages of tables need
 * neither.
 */
export async function loadVega(): Promise<typeof import("vega") & UndeclaredExports> {
  const vega: unknown = await import("vega");
  return vega as typeof import("vega") & UndeclaredExports;
}
