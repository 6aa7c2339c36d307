"""Loads an export with a trainer's own dataset class and prints what came out: `python other_trainers.py TRAINER FOLDER MODEL`."""

import copy
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def ms_swift(folder: Path, model: str) -> dict:
    """ms-swift's load_dataset with its preprocessor, which in strict mode raises for a row that it cannot take, and the
    script's words through ms-swift's own parser, which hands back those it does not know."""
    from swift.arguments import RLHFArguments, SftArguments
    from swift.dataset import load_dataset
    from transformers import HfArgumentParser

    command, *words = typed_words(folder / "ms_swift.sh", "swift")
    given, unknown = HfArgumentParser([SftArguments if command == "sft" else RLHFArguments]).parse_known_args(words)
    # As swift's own arguments have it: GRPO keeps the columns that rewards need.
    is_grpo = getattr(given, "rlhf_type", None) == "grpo"
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
        "unknown": unknown,
        "frozen": given.freeze_vit,
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
    """What verl's main_ppo does before it needs a GPU, with the settings of the export's script: they compose, fit each
    other and name our reward, and RLHFDataset keeps every row, its filter of long prompts switched on."""
    import transfer_queue  # noqa: F401
    import verl
    from hydra import compose, initialize_config_dir
    from transformers import AutoTokenizer
    from verl.trainer.ppo.reward import get_custom_reward_fn
    from verl.trainer.ppo.utils import need_critic, need_reference_policy
    from verl.trainer.ppo.v1 import get_trainer_cls
    from verl.utils.config import omega_conf_to_dataclass, validate_config
    from verl.utils.dataset.rl_dataset import RLHFDataset
    from vsi_trainer.image_only_processor import Qwen2VLImageOnlyProcessor

    overrides = typed_words(folder / "verl_grpo.sh", "python3")[2:]
    with initialize_config_dir(str(Path(verl.__file__).parent / "trainer" / "config"), version_base=None):
        config = compose("ppo_trainer", overrides)
    # With an adapter it would ask vLLM, which wants a GPU, whether it takes the rank.
    checked = copy.deepcopy(config)
    checked.actor_rollout_ref.model.lora_rank = 0
    validate_config(checked, need_reference_policy(config), need_critic(config))
    # What the worker makes of its parts: a name that hydra lets pass and no class has is refused here.
    for part in (config.algorithm, config.actor_rollout_ref.actor, config.actor_rollout_ref.rollout):
        omega_conf_to_dataclass(part)
    config.data.filter_overlong_prompts = True
    processor = Qwen2VLImageOnlyProcessor.from_pretrained(model)
    rows = RLHFDataset(config.data.train_files, AutoTokenizer.from_pretrained(model), config.data, processor)
    first = rows[0]
    reward = get_custom_reward_fn(config)
    return {
        "rows": len(rows),
        "columns": sorted(first),
        "ground_truth": first["reward_model"]["ground_truth"],
        "data_source": first["data_source"],
        "limit": config.data.max_prompt_length,
        "reward": None if reward is None else reward.args[0].__module__ + "." + reward.args[0].__name__,
        "reference": need_reference_policy(config),
        "excluded": config.actor_rollout_ref.model.exclude_modules,
        "trainer": get_trainer_cls(config.trainer.v1.trainer_mode).__name__ if config.trainer.use_v1 else None,
        "checkpoints": config.trainer.default_local_dir,
    }


def typed_words(script: Path, program: str) -> list[str]:
    """The words that a script would give to a program, which a stand-in on the PATH prints."""
    with tempfile.TemporaryDirectory() as folder:
        stand_in = Path(folder) / program
        stand_in.write_text(f"#!{sys.executable}\nimport json, sys\nprint(json.dumps(sys.argv[1:]))\n", encoding="utf-8")
        stand_in.chmod(0o755)
        environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
        ended = subprocess.run(["bash", str(script)], env=environment, check=True, capture_output=True, text=True)
        # The last call is the trainer: the others look for its packages.
        return json.loads(ended.stdout.splitlines()[-1])


if __name__ == "__main__":
    trainer, folder, model = sys.argv[1:]
    result = {"ms-swift": ms_swift, "llamafactory": llamafactory, "verl": verl}[trainer](Path(folder).resolve(), model)
    print(json.dumps(result, default=str))
