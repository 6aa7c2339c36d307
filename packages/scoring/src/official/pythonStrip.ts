/** True for what Python's str.isspace accepts: \x1c to \x1f and \x85 are in, the byte order mark is not (unlike JavaScript's trim). */
function isPythonSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** What float() strips by itself: as str.isspace without the four separators, which C's isspace does not know. */
export function isFloatSpace(code: number): boolean {
  return isPythonSpace(code) && !(code >= 28 && code <= 31);
}

/** Python's `text.strip()`; with `isSpace`, the same for another set of characters. */
export function pythonStrip(text: string, isSpace: (code: number) => boolean = isPythonSpace): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
