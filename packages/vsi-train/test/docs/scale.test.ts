import { mkdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "@jest/globals";
import { runProcess, runVsiTrain } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { VSI_100K_QUESTIONS } from "../support/question.ts";
import { writeDataset } from "../support/writeDataset.ts";

const SCALE = fileURLToPath(new URL("../../../../docs/scale.md", import.meta.url));
const PACKAGES = fileURLToPath(new URL("../../../", import.meta.url));
const text = await readFile(SCALE, "utf8");

/**
 * The words of each command line of ours in the page's shell blocks, without what starts it and without its comment.
 */
const lines = [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block]) => block!.split("\n"))
  .map((line) => /(?:^|\s)vsi-(build|train|eval) ([^#]*)/.exec(line))
  .filter((found) => found !== null)
  .map((found) => ({ name: found[1]!, words: found[2]!.trim().split(/\s+/) }));

const helps = new Map<string, Promise<string[]>>();

/** The flags that a command's --help-all lists, asked once. */
function flagsOf(name: string, subcommand: string): Promise<string[]> {
  const key = `${name} ${subcommand}`;
  const ask = async (): Promise<string[]> => {
    const bin = join(PACKAGES, `vsi-${name}`, "bin", `vsi-${name}.js`);
    const words = subcommand === "" ? [] : [subcommand];
    const { exitCode, stdout } = await runProcess([process.execPath, bin, ...words, "--help-all"]);
    expect(exitCode).toBe(0);
    return (stdout.match(/^ *--[\w-]+/gm) ?? []).map((flag) => flag.trim());
  };
  const flags = helps.get(key) ?? ask();
  helps.set(key, flags);
  return flags;
}

const root = temporaryFolder();
beforeAll(async () => {
  await writeDataset(join(root, "data"), { train: VSI_100K_QUESTIONS });
  await mkdir(join(root, "runs"), { recursive: true });
});

test("the page has command lines of the dataset's and of the training part", () => {
  expect(lines.filter(({ name }) => name === "build").length).toBeGreaterThanOrEqual(3);
  expect(lines.filter(({ name }) => name === "train").length).toBeGreaterThanOrEqual(8);
});

test.each(lines.map(({ name, words }) => [`vsi-${name} ${words.join(" ")}`, name, words] as const))(
  "%s: its flags are those of the command",
  async (_line, name, words) => {
    const known = await flagsOf(name, words[0]!.startsWith("-") ? "" : words[0]!);
    expect(known).toEqual(expect.arrayContaining(words.filter((word) => word.startsWith("--"))));
  },
);

const training = lines.filter(({ name, words }) => name === "train" && ["grpo", "sft", "dpo"].includes(words[0]!));

test.each(training.map(({ words }) => [words.join(" "), words] as const))(
  "vsi-train %s: resolves",
  async (_line, words) => {
    const here = words.map((word) => {
      if (word === "./vsi-100k") return join(root, "data");
      return word === "gpu01,gpu02" ? `${hostname()},gpu02` : word;
    });
    const alone = here.filter((word) => word !== "--dry-run");
    const { exitCode, stderr } = await runVsiTrain([...alone, "--dry-run"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  },
);
