import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import { pythonFloat } from "../../src/python.ts";
import { readerNamed } from "../../src/readers/readers.ts";
import { nastyText, plainNumber } from "../support/nastyText.ts";
import { bits } from "../support/python.ts";

const SCRIPT = fileURLToPath(new URL("../support/python/lmms_eval_reads.py", import.meta.url));

/** The release whose rules our reader of this name has, and what its metric is computed with. */
const PINNED = ["lmms_eval==0.7.3", "numpy==2.4.6"];
const TEXTS = 30_000;

const folder = temporaryFolder();

/** Where pip put the packages, with their own dependencies left out; null with a printed reason when it can't. */
function installed(): string | null {
  const target = join(folder, "packages");
  const pip = spawnSync("python3", ["-m", "pip", "install", "-q", "--no-deps", "--target", target, ...PINNED], {
    encoding: "utf8",
  });
  if (pip.status === 0) return target;
  process.stderr.write(`skipped: ${PINNED.join(" and ")} can't be installed: ${pip.error?.message ?? pip.stderr}\n`);
  return null;
}

const word = fc.constantFrom(
  ..."zero one two twelve twenty twenty-one ninety hundred thousand and a chair Three FORTY <think> </think> <answer> B b. (C) -3 4.5 room anſwer".split(
    " ",
  ),
);
const sentence = fc
  .array(fc.oneof(word, word, nastyText, plainNumber), { maxLength: 7 })
  .map((parts) => parts.join(" "));
const text = fc.oneof(nastyText, plainNumber, sentence, sentence);
const asked = fc.tuple(text, fc.constantFrom("0.4", "1", "2.5", "3", "21", "120"), fc.constantFrom("A", "B", "C"));

/** Half a minute and a download: `npm run test:peers`. */
(process.env.VSI_PEERS === undefined ? test.skip : test)(
  "lmms_eval's own functions read and score 30,000 nasty texts as ours do",
  async () => {
    const packages = installed();
    if (packages === null) return;
    const cases = fc.sample(asked, { numRuns: TEXTS, seed: 17 });
    // JSON can't hold a lone surrogate for Python's print.
    const sound = cases.filter(([one]) => !/\p{Cs}/u.test(one));
    await writeFile(join(folder, "cases.json"), JSON.stringify(sound));
    const peer = spawnSync("python3", [SCRIPT, join(folder, "cases.json"), packages], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      env: { ...process.env, PYTHONPATH: packages },
    });
    if (peer.status !== 0) throw new Error(peer.stderr);
    const theirs = JSON.parse(peer.stdout) as Record<string, string | number | null>[];
    const [lmmsEval, revsi] = [readerNamed("lmms-eval"), readerNamed("revsi")];
    for (const [index, [answer, truth, letter]] of sound.entries()) {
      const number = { question_type: "object_abs_distance" as const, ground_truth: truth, options: null };
      const choice = {
        question_type: "route_planning" as const,
        ground_truth: letter,
        options: ["A. left", "B. right", "C. back"],
      };
      const read = lmmsEval.read(answer, number);
      const { number: theirNumber, ...rest } = theirs[index] ?? {};
      expect({
        answer,
        number: typeof read === "number" ? bits(read) : read,
        token: lmmsEval.read(answer, choice),
        score: lmmsEval.score(answer, number),
        choice: lmmsEval.score(answer, choice),
        revsi: revsi.score(answer, number),
        revsi_choice: revsi.score(answer, choice),
      }).toEqual({
        answer,
        number: typeof theirNumber === "string" ? bits(pythonFloat(theirNumber) ?? Number.NaN) : null,
        ...rest,
      });
    }
    expect(sound.length).toBeGreaterThan(TEXTS * 0.9);
  },
  600_000,
);
