import { checkArguments, TEXT } from "@vsi/dataset/internal";

/**
 * A path as one types it: in quotes where a shell would split or change it, and "./-x" where a command would take it for
 * a flag.
 *
 * @example
 * ```js
 * import { shellWord } from "@vsi/command";
 *
 * console.log(shellWord("my scans")); // 'my scans'
 * ```
 */
export function shellWord(path: string): string {
  checkArguments("shellWord", { path: [path, TEXT] });
  const word = path.startsWith("-") ? `./${path}` : path;
  return /^[\w./:@%+,=~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
