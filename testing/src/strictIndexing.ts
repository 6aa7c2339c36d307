import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { text } from "node:stream/consumers";

const REPOSITORY = join(import.meta.dirname, "..", "..");

/** The compiler as a command: version 7 of TypeScript has no other stable interface. */
const TSC = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

/** What the compiler says of one place; files by their path as the compiler prints it. */
interface CompilerError {
  file: string;
  /** The whole line. */
  line: string;
}

/**
 * Compiles a project with noUncheckedIndexedAccess. Errors are allowed in listed files alone, and a listed file must
 * have some: the list says which files the option does not hold, no more.
 *
 * @param root the folder that listed paths start from.
 * @param project a tsconfig.json, which sets the option.
 * @param list a line a file: its path, `#`, and the reason; lines that begin with `#` are comments.
 * @returns what is wrong, a line each.
 */
export async function checkStrictIndexing(root: string, project: string, list: string): Promise<string[]> {
  const problems: string[] = [];
  const listed = new Set<string>();
  for (const line of (await readFile(list, "utf8")).split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [path = "", reason = ""] = line.split("#", 2).map((part) => part.trim());
    if (reason === "") problems.push(`${path} is listed without a reason: "path # reason"`);
    if (listed.has(path)) problems.push(`${path} is listed twice`);
    listed.add(path);
  }
  const errors = await compilerErrors(root, project);
  for (const { file, line } of errors) if (!listed.has(file)) problems.push(line);
  const found = new Set(errors.map(({ file }) => file));
  const name = relative(root, list);
  for (const path of listed) {
    if (!found.has(path))
      problems.push(`${path} needs no place in ${name}: all its reads by index are checked, or it is gone`);
  }
  return problems;
}

/** @throws Error when the compiler fails for anything but an error in a file. */
async function compilerErrors(root: string, project: string): Promise<CompilerError[]> {
  const child = spawn(process.execPath, [TSC, "-p", project, "--noEmit", "--pretty", "false"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const errors: CompilerError[] = [];
  for (const line of stdout.split("\n")) {
    const file = /^(\S.*?)\(\d+,\d+\): error TS\d+: /.exec(line)?.[1];
    // A line without a place belongs to the error above it, unless the project itself is wrong.
    if (file !== undefined) errors.push({ file: file.replaceAll("\\", "/"), line });
    else if (line.startsWith("error ")) throw new Error(`${project}: ${line}`);
  }
  if (exitCode !== 0 && errors.length === 0) throw new Error(`tsc ended with ${exitCode}:\n${stdout}${stderr}`);
  return errors;
}

if (import.meta.filename === process.argv[1]) {
  const folder = join(REPOSITORY, "testing", "strictIndexing");
  const problems = await checkStrictIndexing(REPOSITORY, join(folder, "tsconfig.json"), join(folder, "kernels.txt"));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) {
    console.error(
      "Give the value a check, a default or another form. What may be listed: testing/strictIndexing/kernels.txt",
    );
    process.exitCode = 1;
  }
}
