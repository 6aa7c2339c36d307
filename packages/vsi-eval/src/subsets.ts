/** Parts of a published benchmark: VSI-Bench by `pruned`, ReVSI by `num_frames`. */
export const BENCHMARK_SUBSETS = ["debiased", "pruned", "16_frame", "32_frame", "64_frame", "all_frame"] as const;

/** One of BENCHMARK_SUBSETS. */
export type BenchmarkSubset = (typeof BENCHMARK_SUBSETS)[number];
