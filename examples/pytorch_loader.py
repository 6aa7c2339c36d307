"""A dataset folder in a PyTorch DataLoader, with its frames where it has some.

    python examples/pytorch_loader.py ./vsi-bench

Needs torch, and Pillow for the frames: python -m pip install torch pillow. Nothing is copied: a question's frames are read when its turn comes.
"""

import json
import sys
from pathlib import Path

import torch
from torch.utils.data import DataLoader, Dataset


class VsiQuestions(Dataset):
    """The questions of one split; data/<split>.jsonl has one a line (question.schema.json of @vsi/dataset)."""

    def __init__(self, folder: str, split: str = "train", frames: int = 4):
        self.folder = Path(folder)
        self.frames = frames
        with open(self.folder / "data" / f"{split}.jsonl", encoding="utf-8") as lines:
            self.records = [json.loads(line) for line in lines]

    def __len__(self) -> int:
        return len(self.records)

    def __getitem__(self, index: int) -> dict:
        record = self.records[index]
        options = "" if record["options"] is None else "\n" + "\n".join(record["options"])
        return {
            "id": record["id"],
            "prompt": record["question"] + options,
            # A letter where there are options, else the word or the number.
            "answer": record["mc_answer"] or record["ground_truth"],
            "frames": self.read_frames(record),
        }

    def read_frames(self, record: dict) -> torch.Tensor:
        """uint8, [frame, channel, height, width]; no frame at all for a dataset without pixels."""
        paths = [self.folder / "frames" / record["scene_name"] / name for name in record["frames"]]
        paths = [path for path in paths if path.exists()]
        if not paths:
            return torch.empty(0, 3, 0, 0, dtype=torch.uint8)
        from PIL import Image

        # Evenly from the first to the last.
        count = min(self.frames, len(paths))
        places = [round(place * (len(paths) - 1) / max(1, count - 1)) for place in range(count)]
        images = []
        for place in places:
            with Image.open(paths[place]) as image:
                rgb = image.convert("RGB")
                pixels = torch.frombuffer(bytearray(rgb.tobytes()), dtype=torch.uint8)
                images.append(pixels.view(rgb.height, rgb.width, 3).permute(2, 0, 1))
        return torch.stack(images)


def collate(rows: list[dict]) -> dict:
    """Lists, not one tensor: scans differ in the size and the number of their frames."""
    return {name: [row[name] for row in rows] for name in rows[0]}


if __name__ == "__main__":
    questions = VsiQuestions(sys.argv[1] if len(sys.argv) > 1 else "./vsi-100k")
    generator = torch.Generator().manual_seed(0)
    loader = DataLoader(questions, batch_size=4, shuffle=True, generator=generator, collate_fn=collate)
    seen = sum(len(batch["id"]) for batch in loader)
    batch = next(iter(loader))
    shape = list(batch["frames"][0].shape)
    print(json.dumps({"questions": len(questions), "seen": seen, "batches": len(loader), "frames": shape}))
