import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runAsUser } from "./runAsUser.ts";
import { REPOSITORY_ROOT } from "./workspacePackages.ts";

/** A piece of JavaScript that a page or a comment shows. */
export interface Example {
  name: string;
  code: string;
}

/** What became of an example. */
export interface RanExample {
  /** What it printed, a line for each call of console.log. */
  printed: string[];
  /** What it threw; null when it ran to its end. */
  error: string | null;
}

/**
 * Runs examples one after the other in one process of Node, in `folder`, with the packages as they are built here: a
 * process each would cost half a second each.
 */
export async function runExamples(examples: readonly Example[], folder: string): Promise<Map<string, RanExample>> {
  // Inside node_modules, where the packages' names resolve as in a user's project.
  const cache = join(REPOSITORY_ROOT, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  const scripts = await mkdtemp(join(cache, "vsi-examples-"));
  try {
    const urls = [];
    for (const [index, { code }] of examples.entries()) {
      const path = join(scripts, `${index}.mjs`);
      await writeFile(path, code);
      urls.push(pathToFileURL(path).href);
    }
    const runner = join(scripts, "runner.mjs");
    await writeFile(runner, RUNNER.replace("URLS", JSON.stringify(urls)));
    const { exitCode, stdout, stderr } = await runAsUser(process.execPath, [runner], folder);
    if (exitCode !== 0) throw new Error(`the examples' process failed:\n${stderr}`);
    const ran = JSON.parse(stdout) as RanExample[];
    return new Map(examples.map(({ name }, index) => [name, ran[index] as RanExample]));
  } finally {
    await rm(scripts, { recursive: true, force: true });
  }
}

/** What the example says that its calls of console.log print, in order: the comment behind each; null where none is. */
export function shownOutput(code: string): (string | null)[] {
  return code
    .split("\n")
    .filter((line) => /^\s*console\.log\(/.test(line))
    .map((line) => /\); \/\/ (.*)$/.exec(line)?.[1] ?? null);
}

const RUNNER = `
import { format } from "node:util";

const ran = [];
for (const url of URLS) {
  const printed = [];
  console.log = (...values) => void printed.push(format(...values));
  let error = null;
  let timer;
  // One that waits for ever is named, in place of all of them failing by the test's own time.
  const tooLong = new Promise((_, reject) => (timer = setTimeout(reject, 20_000, "it did not end within 20 seconds")));
  await Promise.race([import(url), tooLong]).catch((thrown) => {
    error = thrown?.stack ?? String(thrown);
  });
  clearTimeout(timer);
  ran.push({ printed, error });
}
// What an example left open (a server) must not keep the process.
process.stdout.write(JSON.stringify(ran), () => process.exit(0));
`;
