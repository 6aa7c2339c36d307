"""The Python worker of vsi-train: maps settings onto TRL, loads, trains and reports events.

The task itself (prompts, rewards, pairs, splits, presets) is TypeScript's.
"""
