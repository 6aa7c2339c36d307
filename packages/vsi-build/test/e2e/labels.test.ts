import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Question, Reject } from "@vsi/dataset";
import { runVsiBuild } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import { AGGREGATION, changeFile, editJson, makeRawFolder, scanFile } from "../support/makeRawFolder.ts";

const SHARED_DATA = process.env.VSI_SHARED_DATA ?? join(import.meta.dirname, "../../../../../shared/data");
const REAL_SCANS = join(SHARED_DATA, "scannet");
const isRealThere = existsSync(join(REAL_SCANS, "scans/scene0000_00"));
if (!isRealThere) {
  process.stderr.write(`Skipped: the real scan scene0000_00 is not in ${REAL_SCANS} (set VSI_SHARED_DATA).\n`);
}

const PROTOCOLS = ["vsi-100k", "vsi-bench"];
const EACH = PROTOCOLS.flatMap((protocol) => ["raw", "canonical"].map((labels) => [protocol, labels] as const));

const KINDS = ["chair", "chair", "chair", "office chair", "office chair", "cabinet", "kitchen cabinets"];

interface Built {
  out: string;
  counts: string[];
  questions: Question[];
  /** Codes of labels in doubt, by the number of objects. */
  doubts: string[];
}

async function build(raw: string, out: string, protocol: string, labels: string): Promise<Built> {
  // Distances between meshes cost more than all the rest.
  const words = ["--rules", "careful", "--protocol", protocol, "--labels", labels, "--distance", "centroid", "--quiet"];
  expect(await runVsiBuild(["--scannet", raw, "--out", out, ...words])).toMatchObject({ exitCode: 0 });
  const questions = await readLines<Question>(join(out, "data/train.jsonl"));
  const rejects = await readLines<Reject>(join(out, "rejects.jsonl"));
  const ofType = questions.filter(({ question_type: type }) => type === "object_counting");
  return {
    out,
    questions,
    counts: ofType.map(({ question, ground_truth }) => `${/many (.*)\(s\)/.exec(question)?.[1]}: ${ground_truth}`),
    doubts: rejects
      .filter(({ code }) => code.startsWith("label-"))
      .map(({ code, message }) => `${code} ${/"(.*?)"/.exec(message)?.[1]}`),
  };
}

describe("labels that overlap, under careful rules", () => {
  const folder = temporaryFolder();
  const raw = join(folder, "raw");

  beforeAll(async () => {
    await makeRawFolder(raw, 1);
    const relabel = editJson<{ segGroups: { label: string }[] }>(({ segGroups }) => {
      const movable = segGroups.filter(
        ({ label }) => !/^(wall|floor|ceiling|pillar|doorframe|door|window)$/.test(label),
      );
      for (const [index, group] of movable.entries()) group.label = KINDS[index] ?? `thing ${index}`;
    });
    await changeFile(scanFile(raw, "scene9000_00", AGGREGATION), relabel);
  });

  test.each(EACH)(
    "%s, %s labels: five chairs or none are counted; verify and show know it",
    async (protocol, labels) => {
      const { out, counts, questions, doubts } = await build(
        raw,
        join(folder, `${protocol}-${labels}`),
        protocol,
        labels,
      );
      const chairs = counts.filter((count) => count.includes("chair"));
      expect(chairs).toEqual(labels === "canonical" ? ["chair: 5"] : []);
      expect(counts.filter((count) => count.includes("cabinet"))).toEqual([]);
      if (labels === "raw") {
        expect(doubts.sort()).toEqual([
          ...["label-overlaps cabinet", "label-overlaps chair", "label-overlaps office chair"],
          "label-plural kitchen cabinets",
        ]);
      }
      const verified = await runVsiBuild(["verify", "--regenerate", "--json", out]);
      expect(JSON.parse(verified.stdout)).toMatchObject({ problems: [], regenerated: questions.length });
      const counted = questions.find(({ question }) => question.includes("chair(s)"));
      if (counted) {
        const shown = await runVsiBuild(["show", out, counted.id]);
        expect(shown.stdout).toMatch(/counted: chair \(id \d+\)(, chair \(id \d+\)){4}\n/);
      }
    },
  );

  (isRealThere ? test : test.skip).each(EACH)("scene0000_00, %s, %s labels", async (protocol, labels) => {
    const { out, counts, questions } = await build(
      REAL_SCANS,
      join(folder, `real-${protocol}-${labels}`),
      protocol,
      labels,
    );
    // Two tables and a coffee table beside a desk and nightstands; five cabinets beside plural ones.
    expect(counts.filter((count) => /table|chair|cabinet|desk|nightstand/.test(count))).toEqual([]);
    expect(counts).toContain(protocol === "vsi-bench" && labels === "canonical" ? "trash bin: 3" : "trash can: 3");
    const texts = questions.flatMap(({ question, options }) => [question, ...(options ?? [])]);
    expect(texts.filter((text) => /\b(table|cabinets?|desk|nightstand|shoes)\b/.test(text))).toEqual([]);
    expect(JSON.parse((await runVsiBuild(["verify", "--json", out])).stdout)).toMatchObject({ problems: [] });
  });
});
