import { GeometryError } from "../../src/errors.ts";

/**
 * What `run` throws, which must be a GeometryError with all five parts on one line, or null when it returns.
 * Anything else that is thrown goes through and fails the test.
 */
export async function thrownError(run: () => unknown): Promise<GeometryError | null> {
  try {
    await run();
    return null;
  } catch (error) {
    if (!(error instanceof GeometryError)) throw error;
    for (const part of ["file", "place", "got", "expected", "advice"] as const) {
      if (error.detail[part].trim() === "") throw new Error(`${error.code} without ${part}`);
    }
    return error;
  }
}

/** The code of what `run` throws, or null when it returns. */
export async function thrownCode(run: () => unknown): Promise<string | null> {
  return (await thrownError(run))?.code ?? null;
}
