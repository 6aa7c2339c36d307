import fc from "fast-check";

// A property that fails on large inputs could shrink for hours, and a test's own time limit can't stop synchronous work:
// half a minute a property, then the smallest failure found so far is reported.
fc.configureGlobal({ interruptAfterTimeLimit: 30_000, markInterruptAsFailure: true });
