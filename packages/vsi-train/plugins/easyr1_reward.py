

# Read by EasyR1 itself; where its configuration had reward_type instead, this was the default.
REWARD_TYPE = "batch"


def compute_score(reward_inputs):
    """EasyR1's batch reward function. It gets the answer column alone, so that column holds the whole question as JSON."""
    scores = []
    for each in reward_inputs:
        answer = ask_reward({"completion": each["response"], **json.loads(each["ground_truth"])})
        scores.append(
            {
                "overall": float(answer["total"]),
                "format": float(answer["format"] or 0),
                "accuracy": float(answer["accuracy"]),
                "guarded": float(len(answer["guards"]) > 0),
            }
        )
    return scores
