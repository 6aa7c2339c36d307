/** The file in a dataset folder that holds the sha256 of every other. */
export const CHECKSUMS_FILE = "SHA256SUMS";
