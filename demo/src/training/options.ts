/** How large the demo of training is. */
export interface DemoOptions {
  /** Everything goes below this folder, which is deleted first. */
  folder: string;
  /** Sample rooms to train on; vsi-build keeps a tenth of them for validation. */
  rooms: number;
  /** Other sample rooms, one question each, that no training sees. */
  heldOutRooms: number;
  /** One model is made, trained and evaluated for each. */
  seeds: readonly number[];
  sftSteps: number;
  grpoSteps: number;
}

/** `npm run demo:train`. */
export const DEMO_DEFAULTS: DemoOptions = {
  folder: "demo-output/train",
  // Plain rooms go through 18 pairs of kind and number in turn: both are multiples of it, so every answer is equally
  // frequent. Together they are fewer than the 1,000 sample rooms that there are.
  rooms: 738,
  heldOutRooms: 252,
  seeds: [0, 1, 2],
  // So many that the model has learnt to look but is often wrong: that is what GRPO is to better.
  sftSteps: 60,
  // Enough for the slowest seed, which still learns: 56 % right after 80 steps, 71 % after 120.
  grpoSteps: 100,
};
