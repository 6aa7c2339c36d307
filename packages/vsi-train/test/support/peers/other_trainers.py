"""Loads an export with a trainer's own dataset class and prints what came out: `python other_trainers.py TRAINER FOLDER MODEL`."""

import json
import sys
from pathlib import Path


def ms_swift(folder: Path, model: str) -> dict:
    """ms-swift's load_dataset with its preprocessor, which in strict mode raises for a row that it cannot take."""
    from swift.dataset import load_dataset

    # As swift's own arguments have it: GRPO keeps the columns that rewards need.
    is_grpo = "--rlhf_type grpo" in (folder / "ms_swift.sh").read_text(encoding="utf-8")
    path = str(folder / "train.jsonl")
    rows, _ = load_dataset(path, split_dataset_ratio=0, strict=True, num_proc=1, remove_unused_columns=not is_grpo)
    first = rows[0]
    return {
        "rows": len(rows),
        "images": len(first["images"]),
        "columns": sorted(rows.column_names),
        "prompt": first["messages"][0]["content"],
        "answers": [message["content"] for message in first["messages"][1:]],
        "rejected": first.get("rejected_messages") or first.get("rejected_response"),
    }


def llamafactory(folder: Path, model: str) -> dict:
    """LLaMA-Factory's get_dataset with the export's own yaml: rows become tokens, frames and all."""
    import yaml
    from llamafactory.data import get_dataset, get_template_and_fix_tokenizer
    from llamafactory.hparams import get_train_args
    from llamafactory.model import load_tokenizer

    config = yaml.safe_load((folder / "llamafactory.yaml").read_text(encoding="utf-8"))
    # This machine: a model that is here, and no GPU.
    here = {
        "model_name_or_path": model,
        "dataset_dir": str(folder),
        "media_dir": str(folder),
        "output_dir": str(folder / "out"),
        "trust_remote_code": True,
        "bf16": False,
        "preprocessing_num_workers": 1,
    }
    model_args, data_args, training_args, finetuning_args, _ = get_train_args({**config, **here})
    tokens = load_tokenizer(model_args)
    template = get_template_and_fix_tokenizer(tokens["tokenizer"], data_args)
    stage = "rm" if finetuning_args.stage == "dpo" else finetuning_args.stage
    rows = get_dataset(template, model_args, data_args, training_args, stage=stage, **tokens)["train_dataset"]
    first = rows[0]
    ids = first.get("input_ids") or first["chosen_input_ids"]
    return {
        "rows": len(rows),
        "images": len(first["images"]),
        "columns": sorted(first),
        "longest": max(len(row.get("input_ids") or row["chosen_input_ids"]) for row in rows),
        "cutoff": data_args.cutoff_len,
        "text": tokens["tokenizer"].decode(ids),
    }


def verl(folder: Path, model: str) -> dict:
    """verl's RLHFDataset, with its filter of long prompts under the limit of the export's script."""
    import re

    from omegaconf import OmegaConf
    from transformers import AutoTokenizer
    from verl.utils.dataset.rl_dataset import RLHFDataset
    from vsi_trainer.image_only_processor import Qwen2VLImageOnlyProcessor

    script = (folder / "verl_grpo.sh").read_text(encoding="utf-8")
    limit = int(re.search(r"data\.max_prompt_length=(\d+)", script)[1])
    config = OmegaConf.create(
        {"max_prompt_length": limit, "filter_overlong_prompts": True, "filter_overlong_prompts_workers": 1, "truncation": "error"}
    )
    processor = Qwen2VLImageOnlyProcessor.from_pretrained(model)
    rows = RLHFDataset(str(folder / "train.parquet"), AutoTokenizer.from_pretrained(model), config, processor)
    first = rows[0]
    return {
        "rows": len(rows),
        "columns": sorted(first),
        "ground_truth": first["reward_model"]["ground_truth"],
        "data_source": first["data_source"],
        "limit": limit,
    }


if __name__ == "__main__":
    trainer, folder, model = sys.argv[1:]
    result = {"ms-swift": ms_swift, "llamafactory": llamafactory, "verl": verl}[trainer](Path(folder).resolve(), model)
    print(json.dumps(result, default=str))
