/** The manifest's format and major version. */
export const MANIFEST_SCHEMA = "vsi-manifest/1";

/** `manifest.json` of a dataset folder: what it was made from, with what settings and software. */
export interface Manifest {
  schema: typeof MANIFEST_SCHEMA;
  /** The dataset's name, such as "vsi-100k". */
  name: string;
  protocol: string;
  seed: number;
  /** Every setting that the records depend on, by name. No path, host, time or worker count. */
  settings: Record<string, unknown>;
  /** Version by package name. */
  versions: Record<string, string>;
  inputs: {
    scans_read: number;
    /** Scans left out, by reason code. */
    scans_skipped: Record<string, number>;
  };
  counts: {
    /** By split (train, validation, test), then by question type. */
    questions: Record<string, Record<string, number>>;
    /** Lines of rejects.jsonl, by reason code. */
    rejects: Record<string, number>;
    /** Candidates that a limit left undrawn, by question type. */
    not_drawn: Record<string, number>;
  };
}
