import type { Manifest } from "@vsi/dataset";

/** Splits as `datasets.load_dataset` names them, in the order of the card's tables. */
const SPLITS = ["train", "validation", "test"] as const;

/** Said of questions from published scene facts. */
const TEST_ROOMS = `**These are VSI-Bench's own test rooms** (from its published scene facts): evaluate on them, never train on them.

`;

/** The dataset's README.md: a Hugging Face card that says what is in the folder and how it was made. */
export function datasetCard(manifest: Manifest): string {
  const splits = SPLITS.filter((split) => manifest.counts.questions[split] !== undefined);
  const filled = splits.filter((split) => total(manifest, split) > 0);
  const types = manifest.settings.types as string[];
  const rows = types.map((type) => {
    const cells = splits.map((split) => String(manifest.counts.questions[split]?.[type] ?? 0));
    return `| ${type} | ${cells.join(" | ")} |`;
  });
  return `---
pretty_name: ${manifest.name}
license: other
license_name: scannet-terms-of-use
license_link: http://kaldir.vc.in.tum.de/scannet/ScanNet_TOS.pdf
language:
- en
task_categories:
- visual-question-answering
configs:
- config_name: default
  data_files:
${filled.map((split) => `  - split: ${split}\n    path: data/${split}.jsonl`).join("\n")}
---

# ${manifest.name}

Questions about rooms with answers computed from the geometry of ${manifest.inputs.scans_read} scans, made by
vsi-build ${manifest.versions["vsi-build"]} with seed ${manifest.seed}. All settings and versions are in \`manifest.json\`.

| question type | ${splits.join(" | ")} |
| --- | ${splits.map(() => "---:").join(" | ")} |
${rows.join("\n")}

- \`data/*.jsonl\`: one question a line; \`ground_truth\` is the word or the number, \`evidence\` is what it rests on.
- \`scenes/<scanId>.json\`: the geometry the answers were computed from (metres, axis aligned, +Z up).
- \`rejects.jsonl\`: every scan left out and every candidate question refused, with the reason and the numbers.
- \`SHA256SUMS\`: check the folder with \`sha256sum -c SHA256SUMS\`.

${manifest.counts.questions.test === undefined ? "" : TEST_ROOMS}Annotation derived from ScanNet is under ScanNet's terms of use (non-commercial research). Rooms named
\`vsi-synth\` are generated and carry no such restriction.
`;
}

function total(manifest: Manifest, split: string): number {
  return Object.values(manifest.counts.questions[split] ?? {}).reduce((sum, count) => sum + count, 0);
}
