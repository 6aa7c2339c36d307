"""Runs the worker as it is, and writes down beside it what TRL computes with."""

import json
import sys
from pathlib import Path

from trl import GRPOTrainer
from vsi_trainer.__main__ import main

dump = {"groups": [], "losses": []}
rewards, log_probabilities = [], []
calculate, score = GRPOTrainer._calculate_rewards, GRPOTrainer._generate_and_score_completions
compute, measure = GRPOTrainer._compute_loss, GRPOTrainer._get_per_token_logps_and_entropies


def calculate_rewards(self, *arguments, **options):
    rewards.append(calculate(self, *arguments, **options))
    return rewards[-1]


def generate_and_score(self, *arguments, **options):
    batch = score(self, *arguments, **options)
    dump["groups"].append({"rewards": rewards[-1][:, 0].tolist(), "advantages": batch["advantages"].tolist()})
    return batch


def measure_log_probabilities(self, *arguments, **options):
    log_probabilities.append(measure(self, *arguments, **options))
    return log_probabilities[-1]


def compute_loss(self, model, batch):
    loss = compute(self, model, batch)
    dump["losses"].append(
        {
            "loss": loss.item(),
            "policy": log_probabilities[-1][0].tolist(),
            "old": batch["old_per_token_logps"].tolist(),
            "reference": batch["ref_per_token_logps"].tolist(),
            "mask": batch["completion_mask"].tolist(),
            "advantages": batch["advantages"].tolist(),
        }
    )
    return loss


GRPOTrainer._calculate_rewards = calculate_rewards
GRPOTrainer._generate_and_score_completions = generate_and_score
GRPOTrainer._get_per_token_logps_and_entropies = measure_log_probabilities
GRPOTrainer._compute_loss = compute_loss
status = main(sys.argv[1:])
Path(sys.argv[1]).with_name("dump.json").write_text(json.dumps(dump))
sys.exit(status)
