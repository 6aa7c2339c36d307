import { leavesFolder } from "../aggregation/leavesFolder.ts";

/** 256: the longest of the 607 labels of ScanNet's label map has 28 characters; stops a label that is a file's content. */
export const MAXIMUM_LABEL_LENGTH = 256;

/** What isSafeLabel asks for, for an error's `expected`. */
export const SAFE_LABEL_RULE = `1 to ${MAXIMUM_LABEL_LENGTH} printable characters that stay below a folder when taken as a path`;

/** Whether a file's text may be a label: labels become words of questions and may become parts of paths. */
export function isSafeLabel(text: string): boolean {
  const isPrintable =
    text.length > 0 && text.length <= MAXIMUM_LABEL_LENGTH && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
  return isPrintable && !leavesFolder(text);
}
