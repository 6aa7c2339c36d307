import fc from "fast-check";

/**
 * How many cases a property is held against in `npm run test:properties`, which searches new ground at every run.
 * `npm test` takes the same cases every time: what a change is judged by must not depend on luck.
 */
const runs = process.env.VSI_PROPERTY_RUNS;

/** Any number does; all properties start from it. */
const SEED = 20_250_401;

// A property that fails on large inputs could shrink for hours, and a test's own time limit can't stop synchronous work:
// then the smallest failure found so far is reported. Ten minutes in `npm test`, where a property that was cut short counts
// as a failure: a minute and a half was too little for the longest, 15 seconds on an idle core, on a busy machine.
fc.configureGlobal({
  markInterruptAsFailure: runs === undefined,
  ...(runs === undefined
    ? { seed: SEED, interruptAfterTimeLimit: 600_000 }
    : { numRuns: Number(runs), interruptAfterTimeLimit: 90_000 }),
});
