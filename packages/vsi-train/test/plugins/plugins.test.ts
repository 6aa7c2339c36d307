import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { type RewardRequest, reward } from "@vsi/scoring";
import { runProcess } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { rewardCommand } from "../../src/settings/resolveSettings.ts";

const root = temporaryFolder();
const PLUGINS = fileURLToPath(new URL("../../plugins", import.meta.url));
const env = {
  VSI_REWARD_COMMAND: rewardCommand()
    .map((word) => `'${word}'`)
    .join(" "),
};

const truth = { ground_truth: "2.5", question_type: "object_abs_distance", options: null, reward: "mra" } as const;
const REQUESTS: readonly RewardRequest[] = [
  { ...truth, mode: "vanilla", completion: "2.3 m" },
  { ...truth, mode: "vanilla", completion: 'nothing, "really"\n' },
  { ...truth, mode: "think", completion: "<think></think><answer>2.5</answer>" },
  {
    ...truth,
    mode: "vanilla",
    question_type: "object_rel_distance",
    options: ["A. bed", "B. sink"],
    ground_truth: "sink",
    completion: "B",
  },
];

/** Runs Python against an exported plugin; the requests are in the file that its first argument names. */
async function runPlugin(tail: string, script: string, environment: Record<string, string> = env) {
  const parts = ["reward_worker.py", tail].map((name) => readFile(join(PLUGINS, name), "utf8"));
  await writeFile(join(root, "vsi_reward.py"), (await Promise.all(parts)).join(""));
  await writeFile(join(root, "requests.json"), JSON.stringify(REQUESTS));
  const code = `import json, sys\nsys.path.insert(0, sys.argv[1])\nrequests = json.load(open(sys.argv[1] + "/requests.json"))\n${script}`;
  return runProcess(["python3", "-c", code, root], { env: environment });
}

const VERL = `
import vsi_reward
for request in requests:
    truth = request.pop("ground_truth")
    print(json.dumps(vsi_reward.compute_score("vsi", request.pop("completion"), truth, extra_info=request)))
`;

/** As EasyR1 calls a batch reward function (verl/workers/reward/function.py): the answer column comes as ground_truth. */
const EASYR1 = `
import vsi_reward
inputs = [{"response": one.pop("completion"), "response_length": 3, "ground_truth": json.dumps(one)} for one in requests]
assert vsi_reward.REWARD_TYPE == "batch"
print(json.dumps(vsi_reward.compute_score(inputs)))
`;

/**
 * A stand-in for the package swift, which is not installed here: what its documentation says of ORM and orms, and no
 * more.
 */
const SWIFT = `
import types
rewards = types.ModuleType("swift.rewards")
rewards.ORM, rewards.orms = object, {}
sys.modules["swift"], sys.modules["swift.rewards"] = types.ModuleType("swift"), rewards
import vsi_reward
columns = {name: [request[name] for request in requests] for name in requests[0]}
print(json.dumps(rewards.orms["vsi"]()(columns.pop("completion"), **columns, trainer_state=None)))
`;

describe("the Python plugins give the rewards of @vsi/scoring", () => {
  test("verl's, part by part", async () => {
    const { exitCode, stdout, stderr } = await runPlugin("verl_reward.py", VERL);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const expected = REQUESTS.map((request) => {
      const { total, format, accuracy, guards } = reward(request);
      return { score: total, format: format ?? 0, accuracy, guarded: guards.length > 0 ? 1 : 0 };
    });
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(expected);
  });

  test("EasyR1's, for a batch", async () => {
    const { exitCode, stdout, stderr } = await runPlugin("easyr1_reward.py", EASYR1);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const expected = REQUESTS.map((request) => {
      const { total, format, accuracy, guards } = reward(request);
      return { overall: total, format: format ?? 0, accuracy, guarded: guards.length > 0 ? 1 : 0 };
    });
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  test("ms-swift's, by columns", async () => {
    const { exitCode, stdout, stderr } = await runPlugin("ms_swift_reward.py", SWIFT);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual(REQUESTS.map((request) => reward(request).total));
  });
});

describe("nothing goes on with rewards that nobody gave", () => {
  test("when the worker dies, its last words are shown", async () => {
    const { exitCode, stderr } = await runPlugin("verl_reward.py", VERL, {
      VSI_REWARD_COMMAND: "sh -c 'read line; echo out of memory >&2; exit 9'",
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/out of memory[\s\S]*RuntimeError: vsi-reward ended with status 9/);
  });

  test("when it refuses the question", async () => {
    const script = `import vsi_reward\nvsi_reward.ask_reward({"completion": "3", "ground_truth": "x", "question_type": "object_counting", "options": None, "mode": "vanilla"})`;
    const { exitCode, stderr } = await runPlugin("verl_reward.py", script);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/RuntimeError: vsi-reward refused the question: ground_truth/);
  });
});

test("verl's script is a shell script that hands every option to one command", async () => {
  const script = join(PLUGINS, "verl_grpo.sh");
  expect(await runProcess(["bash", "-n", script])).toMatchObject({ exitCode: 0, stderr: "" });
  // python3 replaced: what would be started, where every package is found.
  await writeFile(join(root, "python3"), '#!/bin/sh\n[ "$1" = -c ] || echo "$@"\n', { mode: 0o755 });
  const { stdout } = await runProcess(["bash", script, "trainer.nnodes=3"], {
    env: { PATH: `${root}:${process.env.PATH}` },
  });
  const words = stdout.trim().split(" ");
  expect(words.slice(0, 2)).toEqual(["-m", "verl.trainer.main_ppo"]);
  expect(words.at(-1)).toBe("trainer.nnodes=3");
  for (const word of words.slice(2)) expect(word).toMatch(/^[a-z_.]+=\S+$/);
  expect(words).toEqual(
    expect.arrayContaining([
      "actor_rollout_ref.rollout.n=14",
      // Without "reward." verl 0.9 takes it and reads it nowhere.
      "reward.custom_reward_function.name=compute_score",
      // "all-linear", verl's default, takes the vision tower's layers too.
      "actor_rollout_ref.model.exclude_modules=.*visual.*",
    ]),
  );
});

test("regression: verl without TransferQueue failed on its workers, once Ray and the cluster were up", async () => {
  const folder = join(root, "without");
  await mkdir(folder, { recursive: true });
  const python = `#!/bin/sh\ncase "$2" in *transfer_queue*) exit 1 ;; esac\n[ "$1" = -c ] || echo "$@"\n`;
  await writeFile(join(folder, "python3"), python, { mode: 0o755 });
  const env = { PATH: `${folder}:${process.env.PATH}` };
  const { exitCode, stdout, stderr } = await runProcess(["bash", join(PLUGINS, "verl_grpo.sh")], { env });
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toBe(
    "verl_grpo.sh: python3 has no transfer_queue, which verl's trainer needs. Type: pip install 'verl[vllm]==0.9.1'\n",
  );
});
