/** Vertices of a usual ScanNet mesh (`<scanId>_vh_clean_2.ply`), which has about 283,000 faces; its file is 6 MB. */
export const REAL_SIZE = 150_000;

/** Vertices of a small room, where a thousand of them have to fit on the disk: 1 MB of files each. */
export const SMALL_SIZE = 20_000;
