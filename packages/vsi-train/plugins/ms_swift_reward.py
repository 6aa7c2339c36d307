

try:
    from swift.rewards import ORM, orms
except ImportError:
    # Before ms-swift 4 it stood elsewhere.
    from swift.plugin import ORM, orms


class VsiReward(ORM):
    """ms-swift's reward function: the reward of each completion. The dataset's columns come as lists beside them."""

    def __call__(self, completions, ground_truth, question_type, options, mode, reward, **kwargs):
        rows = zip(completions, ground_truth, question_type, options, mode, reward, strict=True)
        names = ("completion", "ground_truth", "question_type", "options", "mode", "reward")
        return [float(ask_reward(dict(zip(names, row, strict=True)))["total"]) for row in rows]


orms["vsi"] = VsiReward
