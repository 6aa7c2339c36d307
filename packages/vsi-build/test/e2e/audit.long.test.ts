import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Manifest, physicalRoomOf, type Question, type QuestionType, type Reject } from "@vsi/dataset";
import type { AuditReport, DebiasReport, TypeAudit } from "@vsi/inspect";
import { runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";

/** As many as the smallest differences that count need: with fewer, five points could be luck. */
const ROOMS = 300;

describe("audit of 300 sample rooms", () => {
  const folder = temporaryFolder();
  let dataset = "";
  let questions: Question[] = [];
  let plantings = 0;

  beforeAll(async () => {
    const raw = join(folder, "raw");
    dataset = join(folder, "dataset");
    const samples = ["samples", raw, "--rooms", String(ROOMS), "--vertices", "10000", "--seed", "3"];
    expect(await runVsiBuild(samples)).toMatchObject({ exitCode: 0 });
    // Questions as the paper's recipe has them: balanced ones would give too little away to be told from chance.
    const paper = ["--scannet", raw, "--out", dataset, "--rules", "paper"];
    expect(await runVsiBuild(paper)).toMatchObject({ exitCode: 0 });
    questions = await readLines(join(dataset, "data", "train.jsonl"));
  });

  async function audit(path: string, ...words: string[]): Promise<AuditReport> {
    const run = await runVsiBuild(["audit", path, "--json", ...words]);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    return JSON.parse(run.stdout) as AuditReport;
  }

  /** The training questions of the paper's rules: audited once, several tests compare with it. */
  let ofPaper: Promise<readonly TypeAudit[]> | null = null;
  const auditOfPaper = (): Promise<readonly TypeAudit[]> => {
    ofPaper ??= audit(dataset, "--split", "train").then(({ splits }) => splits.train ?? []);
    return ofPaper;
  };

  /** The training questions of one type, each as `plant` makes it (null: dropped), as a dataset of their own. */
  async function auditPlanted(
    type: QuestionType,
    plant: (question: Question, index: number) => Question | null,
  ): Promise<TypeAudit> {
    const planted = join(folder, `planted-${plantings++}`);
    const kept = questions.filter(({ question_type }) => question_type === type).map(plant);
    const lines = kept.filter((question) => question !== null).map((question) => `${JSON.stringify(question)}\n`);
    await mkdir(join(planted, "data"), { recursive: true });
    await cp(join(dataset, "manifest.json"), join(planted, "manifest.json"));
    await writeFile(join(planted, "data", "train.jsonl"), lines.join(""));
    const [found] = (await audit(planted, "--split", "train")).splits.train ?? [];
    return found as TypeAudit;
  }

  const scoreOf = ({ baselines }: TypeAudit, name: string) =>
    baselines.find((baseline) => baseline.name === name)?.score.mean ?? Number.NaN;

  test("the paper's rules: near chance, but for what stands by what and how many there are", async () => {
    const train = await auditOfPaper();
    expect(Object.fromEntries(train.map(({ type, verdict }) => [type, verdict]))).toEqual({
      // Nearly all counts are 2: a draw among the counts that occur is far behind.
      object_counting: "gives the answer away",
      // Furniture of the sample rooms is made in a few sizes.
      object_size_estimation: "plain knowledge",
      object_abs_distance: "near chance",
      // And stands in groups: the television on its stand, the nightstand by its bed.
      object_rel_distance: "gives the answer away",
      object_rel_direction_easy: "near chance",
      room_size_estimation: "near chance",
    });
    for (const { balances } of train) {
      for (const { probability } of balances) expect(probability).toBeGreaterThan(0.05);
    }
  });

  test("careful rules: what stands by what is hardly told by the words", async () => {
    const careful = join(folder, "careful");
    expect(await runVsiBuild(["--scannet", join(folder, "raw"), "--out", careful])).toMatchObject({ exitCode: 0 });
    const ofCareful = (await audit(careful, "--split", "train")).splits.train ?? [];
    const ofPaper = await auditOfPaper();
    const find = (audits: readonly TypeAudit[], type: QuestionType) => {
      const found = audits.find((audited) => audited.type === type);
      if (found === undefined) throw new Error(`no questions of ${type}`);
      return found;
    };
    expect(find(ofCareful, "object_rel_direction_easy").verdict).toBe("near chance");
    // Of sample rooms 3.7 points are left: a television stands on every stand, and no choice of the others hides it.
    expect(find(ofPaper, "object_rel_distance").excess?.mean).toBeGreaterThan(0.1);
    expect(find(ofCareful, "object_rel_distance").excess?.mean).toBeLessThan(0.05);
    for (const type of ["object_rel_distance", "object_rel_direction_easy"] as const) {
      // At nearly no cost.
      expect(find(ofCareful, type).questions).toBeGreaterThan(0.8 * find(ofPaper, type).questions);
    }
  });

  test("planted: the right option is always A", async () => {
    const lettered = (letters: (question: Question, index: number) => string[]) =>
      auditPlanted("object_rel_direction_easy", (question, index) => {
        const listed = letters(question, index);
        const options = listed.map((word, place) => `${"AB"[place]}. ${word}`);
        return { ...question, options, mc_answer: "AB"[listed.indexOf(question.ground_truth)] as string };
      });
    const other = ({ ground_truth }: Question) => (ground_truth === "left" ? "right" : "left");
    const found = await lettered((question) => [question.ground_truth, other(question)]);
    expect(found).toMatchObject({
      verdict: "gives the answer away",
      balances: [{ what: "letter", probability: 0 }, {}],
    });
    expect(scoreOf(found, "common position")).toBe(1);
    expect(scoreOf(found, "boosted trees")).toBe(1);
    expect((await lettered(() => ["left", "right"])).verdict).toBe("near chance");
  });

  test("planted: left twice as often as right", async () => {
    let rights = 0;
    const found = await auditPlanted("object_rel_direction_easy", (question) =>
      question.ground_truth === "right" && rights++ % 2 === 1 ? null : question,
    );
    expect(found).toMatchObject({ verdict: "gives the answer away" });
    expect(scoreOf(found, "majority answer")).toBeCloseTo(2 / 3, 2);
    expect(found.balances[0]?.probability).toBeLessThan(1e-6);
  });

  test("planted: the nearest object is always listed first", async () => {
    const found = await auditPlanted("object_rel_distance", (question) => {
      const [, list] = /\((.+)\)/.exec(question.question) as unknown as [string, string];
      const others = list.split(", ").filter((label) => label !== question.ground_truth);
      const first = [question.ground_truth, ...others];
      return { ...question, question: question.question.replace(list, first.join(", ")) };
    });
    expect(found).toMatchObject({ verdict: "gives the answer away", shortcut: "common position" });
    expect(scoreOf(found, "common position")).toBe(1);
    expect(scoreOf(found, "boosted trees")).toBe(1);
  });

  test("planted: the category asked about decides left or right", async () => {
    const found = await auditPlanted("object_rel_direction_easy", (question) => {
      const [, querying] = /is the (.+) to the left/.exec(question.question) as unknown as [string, string];
      return { ...question, ground_truth: querying.length % 2 === 0 ? "left" : "right" };
    });
    expect(found).toMatchObject({ verdict: "gives the answer away" });
    for (const name of ["boosted trees", "boosted words", "logistic regression"]) {
      expect(scoreOf(found, name)).toBeGreaterThan(0.95);
    }
  });

  test("planted: the labels decide the distance", async () => {
    const found = await auditPlanted("object_abs_distance", (question) => {
      const [, a, b] = /between the (.+) and the (.+) \(in/.exec(question.question) as unknown as [
        string,
        string,
        string,
      ];
      return { ...question, ground_truth: (0.5 + ((a.length * b.length) % 17) / 4).toFixed(1) };
    });
    // By the pair's mean or by the number that scores best for the pair.
    expect(found.verdict).toBe("gives the answer away");
    expect(scoreOf(found, "pair mean")).toBeGreaterThan(0.95);
  });

  test("planted: answers that only their room tells give nothing away", async () => {
    const sides = new Map<string, string>();
    const found = await auditPlanted("object_rel_direction_easy", (question) => {
      const room = physicalRoomOf(question.scene_name);
      if (!sides.has(room)) sides.set(room, question.ground_truth);
      return { ...question, ground_truth: sides.get(room) as string };
    });
    expect(found.verdict).not.toBe("gives the answer away");
  });

  test("the page is written beside, and a split that is not there is wrong usage", async () => {
    const html = join(folder, "audit.html");
    const run = await runVsiBuild(["audit", dataset, "--split", "validation", "--html", html]);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(run.stdout).toContain("vsi-100k, validation");
    // No terminal: as in one of 80 columns, every verdict in the row of its type.
    const rows = run.stdout
      .split("\n")
      .filter((line) => /^│ object_rel_distance .*│ +(gives|near|below|too)/.test(line));
    expect(rows).toHaveLength(1);
    expect(await readFile(html, "utf8")).toContain('<svg class="vsi-chart"');
    const wrong: [words: string[], ...expected: string[]][] = [
      [[dataset, "--split", "test"], "--split test", "train and validation"],
      [[folder], "expected a dataset folder"],
      [[dataset, "--limit", "5"], "--limit: got 5"],
      [[dataset, "--debias"], "--out FOLDER"],
      [[dataset, "--debias", "--out", dataset], "is the input dataset"],
      [[dataset, "--out", "elsewhere"], "--debias"],
      [[dataset, "--debias", "--out", "elsewhere", "--html", "page.html"], "--html"],
      [
        [join(dataset, "data", "train.jsonl"), "--debias", "--out", "elsewhere"],
        "a file, expected a dataset folder",
        "--json",
      ],
      [[join(dataset, "data", "train.jsonl"), "--split", "train"], "has no splits"],
    ];
    for (const [words, ...expected] of wrong) {
      const refused = await runVsiBuild(["audit", ...words], { cwd: folder });
      expect(refused.exitCode).toBe(2);
      for (const text of expected) expect(refused.stderr).toContain(text);
    }
  });

  test("a benchmark's own JSONL and our questions as a lone file: the folder's figures, but for what its scenes tell", async () => {
    const bench = join(folder, "bench.jsonl");
    const words = ["export", dataset, "--split", "train", "--format", "vsi-bench", "--out", bench];
    expect(await runVsiBuild(words)).toMatchObject({ exitCode: 0 });
    // The two types whose shortcuts come from the scenes' distances where there are scenes.
    const types: readonly string[] = ["object_rel_distance", "object_abs_distance"];
    const auditFile = async (path: string) => {
      const lines = (await readFile(path, "utf8"))
        .split("\n")
        .filter((line) => types.some((type) => line.includes(`"${type}"`)));
      await writeFile(join(folder, "two-types.jsonl"), `${lines.join("\n")}\n`);
      return (await audit(join(folder, "two-types.jsonl"))).splits.questions ?? [];
    };
    const lone = await auditFile(join(dataset, "data", "train.jsonl"));
    const exported = await auditFile(bench);
    expect(lone.map(({ type }) => type).sort()).toEqual([...types].sort());
    const train = (await auditOfPaper()).filter(({ type }) => types.includes(type));
    expect(exported).toEqual(lone);
    const withoutDistances = (types: readonly TypeAudit[]) =>
      types.map(({ type, baselines }) => [type, baselines.filter(({ name }) => !/distance/.test(name))]);
    expect(withoutDistances(lone)).toEqual(withoutDistances(train));
    const nearest = (types: readonly TypeAudit[]) =>
      types.find(({ type }) => type === "object_rel_distance") as TypeAudit;
    // From the file's own questions for distances instead of from all pairs of the scenes.
    expect(scoreOf(nearest(lone), "pair distance")).toBeGreaterThan(0.3);
    expect(scoreOf(nearest(train), "pair distance")).toBeGreaterThan(0.35);
  });

  test("planted: what is nearest elsewhere is never the answer, so that the opposite is right too often", async () => {
    const means = new Map<string, number>();
    const winners = questions.filter(({ question_type }) => question_type === "object_rel_distance");
    for (const { ground_truth } of winners) means.set(ground_truth, (means.get(ground_truth) ?? 0) + 1);
    const found = await auditPlanted("object_rel_distance", (question) => {
      const [, list] = /\((.+)\)/.exec(question.question) as unknown as [string, string];
      const labels = list.split(", ").sort((a, b) => (means.get(a) ?? 0) - (means.get(b) ?? 0));
      return { ...question, ground_truth: labels[0] as string };
    });
    expect(found.verdict).toBe("gives the answer away");
    expect(scoreOf(found, "boosted words")).toBeGreaterThan(0.9);
  });

  describe("--debias", () => {
    let less = "";
    let report: DebiasReport;

    beforeAll(async () => {
      less = join(folder, "less");
      const run = await runVsiBuild(["audit", dataset, "--debias", "--out", less, "--json"]);
      // 1: counts can't be brought under the limit.
      expect(run).toMatchObject({ exitCode: 1, stderr: "" });
      report = JSON.parse(run.stdout) as DebiasReport;
    });

    test("brings every type under the limit but the counts, nearly all 2, and says what it cost", async () => {
      const after = await audit(less);
      for (const [split, types] of Object.entries(report.splits)) {
        for (const { type, questions: before, dropped, reached } of types) {
          const found = after.splits[split as "train"]?.find((audited) => audited.type === type);
          expect(reached).toBe(type !== "object_counting");
          expect(found?.questions).toBe(before - dropped);
          if (!reached) continue;
          expect(["near chance", "plain knowledge", "too few to tell"]).toContain(found?.verdict);
          if (split === "train") expect(found?.excess?.mean ?? 0).toBeLessThanOrEqual(report.limit);
        }
      }
      const costly = report.splits.train?.filter(({ dropped }) => dropped > 0).map(({ type }) => type);
      expect(costly).toEqual(["object_rel_distance"]);
    });

    test("holds the other questions as they were, the dropped ones as rejects, and scenes, counts and checksums that fit", async () => {
      const manifest = JSON.parse(await readFile(join(less, "manifest.json"), "utf8")) as Manifest;
      const before = JSON.parse(await readFile(join(dataset, "manifest.json"), "utf8")) as Manifest;
      const rejects = await readLines<Reject>(join(less, "rejects.jsonl"));
      const debiased = rejects.filter(({ code }) => code === "debias");
      const oldText = await readFile(join(dataset, "rejects.jsonl"), "utf8");
      expect((await readFile(join(less, "rejects.jsonl"), "utf8")).startsWith(oldText)).toBe(true);
      let dropped = 0;
      for (const [split, types] of Object.entries(report.splits)) {
        const all = (await readFile(join(dataset, "data", `${split}.jsonl`), "utf8")).trimEnd().split("\n");
        const kept = (await readFile(join(less, "data", `${split}.jsonl`), "utf8")).trimEnd().split("\n");
        const isKept = new Set(kept);
        expect(all.filter((line) => isKept.has(line))).toEqual(kept);
        const gone = types.reduce((sum, type) => sum + type.dropped, 0);
        expect(all.length - kept.length).toBe(gone);
        dropped += gone;
        const counted: Record<string, number> = {};
        for (const line of kept) {
          const { question_type } = JSON.parse(line) as Question;
          counted[question_type] = (counted[question_type] ?? 0) + 1;
        }
        expect(manifest.counts.questions[split]).toEqual(counted);
      }
      expect(debiased).toHaveLength(dropped);
      expect(manifest.counts.rejects).toEqual({ ...before.counts.rejects, debias: dropped });
      expect(manifest.settings).toMatchObject({ ...before.settings, debias: { limit: 0.03, seed: 0 } });
      const [content, old] = [await folderContent(less), await folderContent(dataset)];
      const scenes = (files: Record<string, string>) =>
        Object.entries(files).filter(([path]) => path.startsWith("scenes/"));
      expect(scenes(content)).toEqual(scenes(old));
      const { SHA256SUMS: _, ...files } = content;
      const sums = Object.entries(files).map(([path, hash]) => `${hash}  ${path}\n`);
      expect(await readFile(join(less, "SHA256SUMS"), "utf8")).toBe(sums.join(""));
    });
  });
});
