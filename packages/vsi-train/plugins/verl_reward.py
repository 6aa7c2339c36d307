

def compute_score(data_source, solution_str, ground_truth, extra_info=None, **kwargs):
    """verl's custom_reward_function: the reward of one completion, its parts beside it for verl's records."""
    answer = ask_reward(
        {
            "completion": solution_str,
            "ground_truth": ground_truth,
            "question_type": extra_info["question_type"],
            # Parquet's lists come back as arrays.
            "options": None if extra_info["options"] is None else list(extra_info["options"]),
            "mode": extra_info["mode"],
            "reward": extra_info["reward"],
        }
    )
    return {
        "score": float(answer["total"]),
        "format": float(answer["format"] or 0),
        "accuracy": float(answer["accuracy"]),
        "guarded": float(len(answer["guards"]) > 0),
    }
