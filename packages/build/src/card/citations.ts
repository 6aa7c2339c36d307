import type { QuestionsSummary } from "./summarizeQuestions.ts";

const VSI_100K = `@article{liao2025improved,
  title={Improved Visual-Spatial Reasoning via R1-Zero-Like Training},
  author={Liao, Zhenyi and others},
  journal={arXiv preprint arXiv:2504.00883},
  year={2025}
}`;

const VSI_BENCH = `@article{yang2024thinking,
  title={Thinking in Space: How Multimodal Large Language Models See, Remember and Recall Spaces},
  author={Yang, Jihan and others},
  journal={arXiv preprint arXiv:2412.14171},
  year={2024}
}`;

const SCANNET = `@inproceedings{dai2017scannet,
  title={ScanNet: Richly-annotated 3D Reconstructions of Indoor Scenes},
  author={Dai, Angela and others},
  booktitle={Proc. Computer Vision and Pattern Recognition (CVPR), IEEE},
  year={2017}
}`;

/** BibTeX of what a dataset rests on: its protocol's paper, and ScanNet's where its scans are in it. */
export function citations(protocol: string, { scenesByDataset }: Pick<QuestionsSummary, "scenesByDataset">): string[] {
  return [
    ...(protocol === "vsi-100k" ? [VSI_100K] : []),
    VSI_BENCH,
    ...(scenesByDataset.has("scannet") ? [SCANNET] : []),
  ];
}
