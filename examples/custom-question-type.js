// A question type of your own: which of four objects reaches highest? Asked of every scene of a dataset folder.
//
//   node examples/custom-question-type.js ./vsi-100k [OUT.jsonl]
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shuffled } from "@vsi/dataset";
import { JsonlWriter } from "@vsi/dataset/node";
import { generateCustomQuestions } from "@vsi/questions";

/** Metres: two tops that are closer than this are refused, as nobody could tell them apart in a video. */
const SMALLEST_GAP = 0.15;

const reachesHighest = {
  name: "object_reaches_highest",
  template: "Which of these objects ({choices}) reaches highest above the floor?",
  // One candidate for every object that can be named without doubt: it and three others.
  *candidates({ singles, random }) {
    if (singles.length < 4) return;
    for (const object of singles) {
      const others = shuffled(
        random(object.id),
        singles.filter(({ id }) => id !== object.id),
      ).slice(0, 3);
      const choices = shuffled(random(object.id, "choices"), [object, ...others]);
      const [highest, second] = choices.toSorted((one, other) => other.aabb.max[2] - one.aabb.max[2]);
      const gap = highest.aabb.max[2] - second.aabb.max[2];
      const object_ids = choices.map(({ id }) => id);
      if (gap < SMALLEST_GAP) {
        const message = `The tops of the ${highest.label} and the ${second.label} are ${gap.toFixed(2)} m apart.`;
        yield { refused: { code: "tops-too-close", message, object_ids, value: gap, limit: SMALLEST_GAP, unit: "m" } };
        continue;
      }
      yield {
        words: { choices: choices.map(({ label }) => label).join(", ") },
        choices: choices.map(({ label }) => label),
        ground_truth: highest.label,
        evidence: { object_ids, value: highest.aabb.max[2], unit: "m", margin: gap },
      };
    }
  },
};

const [dataset = "./vsi-100k", out = join(tmpdir(), "reaches-highest.jsonl")] = process.argv.slice(2);
const writer = await JsonlWriter.open(out);
let written = 0;
let refused = 0;
for (const file of (await readdir(join(dataset, "scenes"))).sort()) {
  const facts = JSON.parse(await readFile(join(dataset, "scenes", file), "utf8"));
  const options = { protocol: "vsi-bench", seed: 1, limit: 5 };
  const { questions, rejects } = generateCustomQuestions(facts, reachesHighest, options);
  for (const question of questions) await writer.write(question);
  if (written === 0 && questions.length > 0)
    console.log(questions[0].question, questions[0].options, questions[0].mc_answer);
  written += questions.length;
  refused += rejects.length;
}
await writer.close();
console.log(`${written} questions written to ${out}, ${refused} candidates refused`);
