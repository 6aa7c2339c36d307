/** The names of READERS, the original first and ours last. */
export const READER_NAMES = ["vsi-bench", "lmms-eval", "vlmevalkit", "revsi", "robust"] as const;

/** One of READER_NAMES. */
export type ReaderName = (typeof READER_NAMES)[number];
