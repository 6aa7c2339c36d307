import type { ExclusionReason } from "@vsi/dataset";

/**
 * 256: the longest of the 607 labels of ScanNet's label map has 28 characters; stops a label that is a file's content.
 */
export const MAXIMUM_LABEL_LENGTH = 256;

/** What isSafeLabel asks for, for an error's `expected`. */
export const SAFE_LABEL_RULE = `1 to ${MAXIMUM_LABEL_LENGTH} printable characters that, as a path, do not leave their folder`;

/** Whether a file's text may be a label: labels become words of questions and may become parts of paths. */
export function isSafeLabel(text: string): boolean {
  const isPrintable =
    text.length > 0 && text.length <= MAXIMUM_LABEL_LENGTH && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
  return isPrintable && !leavesFolder(text);
}

/**
 * Whether `name`, taken as a path below some folder, would lead out of it: an absolute path of POSIX or Windows (drive
 * or network share), or more ".." than folders to go back through. Both separators count on every system.
 */
export function leavesFolder(name: string): boolean {
  if (/^\s*([/\\]|[a-z]:)/i.test(name)) return true;
  let depth = 0;
  for (const step of name.split(/[/\\]/)) {
    // Windows drops blanks and dots around a step, so that ". ." and "..." may mean "..".
    const folder = step.replaceAll(/[\s.]/g, "");
    if (folder !== "") depth += 1;
    else if (step.replaceAll(/\s/g, "").length > 1) depth -= 1;
    if (depth < 0) return true;
  }
  return false;
}

/** What one raw label means. */
export interface LabelRule {
  /** The canonical name that synonyms, plurals and typos share. */
  category: string;
  /** Null when questions may name such an object. */
  excluded: ExclusionReason | null;
}

/** By raw label. A label without a rule is its own category and may be named. */
export type LabelRules = ReadonlyMap<string, LabelRule>;
