/** How the audit looks for shortcuts. */
export interface AuditOptions {
  /**
   * By how much, as a share of 1, a guess made without looking may be better than chance (choices) or than plain
   * knowledge of how large things are (numbers).
   */
  limit: number;
  /** Decides which rooms are held out together. */
  seed: number;
}

/** The defaults of the audit's options. */
export const DEFAULT_AUDIT_OPTIONS: AuditOptions = {
  // Of 100 questions five: with 300 rooms the interval is about as wide, so that less could not be told from luck.
  limit: 0.05,
  seed: 0,
};
