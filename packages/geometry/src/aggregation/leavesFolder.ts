/**
 * Whether `name`, taken as a path below some folder, would lead out of it: an absolute path of POSIX or Windows (drive or
 * network share), or more ".." than folders to go back through. Both separators count on every system.
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
