"""What would run, without loading weights: TRL's real configuration, and the prompts' token counts."""

import torch

from .chat_template import check_chat_template
from .config import make_config, make_lora
from .events import emit
from .model import load_processor
from .rows import encode_prompt, read_rows
from .settings import Settings

# As many prompts as vsi-train shows.
PROMPTS = 3


def dry_run(settings: Settings) -> None:
    """Reports TRL's configuration, and the token counts of the first prompts where the processor is at hand locally."""
    reasons = []
    overrides = {}
    if not torch.cuda.is_available() and not settings.trainer.get("use_cpu"):
        # bf16 is refused without a GPU; the configuration of a cluster is looked at on a laptop.
        overrides["use_cpu"] = True
        reasons.append("no GPU here: the configuration was built with use_cpu=True, which the run itself will not set")
    config = make_config(settings, **overrides)
    make_lora(settings)
    counts = None
    try:
        processor = load_processor(settings, local_files_only=True)
    except (OSError, ValueError) as error:
        cause = str(error).splitlines()[0]
        reasons.append(f"token counts are unknown: the processor of {settings.model} is not at hand ({cause})")
    else:
        rows = read_rows(settings.rows, processor)
        check_chat_template(processor, rows[0])
        counts = [
            encode_prompt(processor, row["prompt"], row["images"])["input_ids"].shape[-1]
            for row in (rows[at] for at in range(min(PROMPTS, len(rows))))
        ]
    emit("dry_run", config=config.to_dict(), token_counts=counts, reason="; ".join(reasons) or None)
