/** What can be said of every candidate of every question, as sparse rows. */
export interface SparseRows {
  /** The first row of each question; one more entry for the end. */
  starts: Int32Array;
  /** The first entry of each row in `features` and `values`; one more entry for the end. */
  entries: Int32Array;
  /** The features that a row has, 0 to featureCount - 1. */
  features: Int32Array;
  /** How much it has of each. */
  values: Float32Array;
  featureCount: number;
  /** 1 for the row of a right candidate. */
  right: Uint8Array;
}

/** Steps after which the weights hardly move. */
const MOST_STEPS = 40;

/** Former steps that shape the next one. */
const MEMORY = 6;

/** A step is good enough when it brings this part of what the slope promises (Armijo). */
const LEAST_DESCENT = 1e-4;

const MOST_HALVINGS = 20;

/** Done when two steps in a row bring no more than this share of the loss; a single short one may be a poor direction. */
const SMALLEST_GAIN = 1e-5;

/**
 * The weights of a conditional logistic regression (McFadden, 1974: the shares of a question's candidates are the
 * softmax of their features' weights) with a ridge penalty, fitted by L-BFGS (Nocedal and Wright, Numerical
 * Optimization, algorithm 7.5).
 *
 * @param training the questions to learn from; one without a right candidate teaches nothing.
 * @param penalty of half the weights' squares, against the sum of the questions' cross-entropies.
 */
export function fitLogit(rows: SparseRows, training: Int32Array, penalty: number): Float64Array {
  const size = rows.featureCount;
  let weights = new Float64Array(size);
  let gradient = new Float64Array(size);
  let trial = new Float64Array(size);
  let trialGradient = new Float64Array(size);
  const direction = new Float64Array(size);
  const moves: Float64Array[] = [];
  const turns: Float64Array[] = [];
  let loss = lossAt(rows, training, penalty, weights, gradient);
  let smallGains = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    for (let index = 0; index < size; index++) direction[index] = -gradient[index];
    shapeDirection(direction, moves, turns);
    const slope = dot(direction, gradient);
    if (!(slope < 0)) break;
    // The first step knows nothing of the curvature: one of length one at most.
    let length = step === 0 ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
    let found = Number.NaN;
    for (let halving = 0; halving < MOST_HALVINGS; halving++) {
      for (let index = 0; index < size; index++) trial[index] = weights[index] + length * direction[index];
      found = lossAt(rows, training, penalty, trial, trialGradient);
      if (found <= loss + LEAST_DESCENT * length * slope) break;
      length /= 2;
    }
    if (!(found < loss)) break;
    remember(moves, turns, weights, trial, gradient, trialGradient);
    [weights, trial] = [trial, weights];
    [gradient, trialGradient] = [trialGradient, gradient];
    smallGains = loss - found < SMALLEST_GAIN * found ? smallGains + 1 : 0;
    loss = found;
    if (smallGains === 2) break;
  }
  return weights;
}

/** The penalised loss, and its gradient into `gradient`. */
function lossAt(
  { starts, entries, features, values, right }: SparseRows,
  training: Int32Array,
  penalty: number,
  weights: Float64Array,
  gradient: Float64Array,
): number {
  let squares = 0;
  for (let index = 0; index < weights.length; index++) {
    squares += weights[index] * weights[index];
    gradient[index] = penalty * weights[index];
  }
  let loss = (penalty / 2) * squares;
  let logits = new Float64Array(8);
  for (let index = 0; index < training.length; index++) {
    const start = starts[training[index]];
    const count = starts[training[index] + 1] - start;
    if (logits.length < count) logits = new Float64Array(2 * count);
    let answer = -1;
    let largest = Number.NEGATIVE_INFINITY;
    for (let place = 0; place < count; place++) {
      const row = start + place;
      if (right[row] === 1) answer = place;
      let logit = 0;
      for (let entry = entries[row]; entry < entries[row + 1]; entry++)
        logit += weights[features[entry]] * values[entry];
      logits[place] = logit;
      if (logit > largest) largest = logit;
    }
    if (answer < 0) continue;
    let total = 0;
    for (let place = 0; place < count; place++) total += Math.exp(logits[place] - largest);
    loss += Math.log(total) + largest - logits[answer];
    for (let place = 0; place < count; place++) {
      const error = Math.exp(logits[place] - largest) / total - (place === answer ? 1 : 0);
      const row = start + place;
      for (let entry = entries[row]; entry < entries[row + 1]; entry++)
        gradient[features[entry]] += error * values[entry];
    }
  }
  return loss;
}

/** Turns the steepest descent into the quasi-Newton step, by the two loops of L-BFGS. */
function shapeDirection(direction: Float64Array, moves: readonly Float64Array[], turns: readonly Float64Array[]): void {
  const last = moves.length - 1;
  if (last < 0) return;
  const shares = new Float64Array(moves.length);
  for (let index = last; index >= 0; index--) {
    shares[index] = dot(moves[index], direction) / dot(moves[index], turns[index]);
    addScaled(direction, turns[index], -shares[index]);
  }
  const scale = dot(moves[last], turns[last]) / dot(turns[last], turns[last]);
  for (let index = 0; index < direction.length; index++) direction[index] *= scale;
  for (let index = 0; index <= last; index++) {
    const share = dot(turns[index], direction) / dot(moves[index], turns[index]);
    addScaled(direction, moves[index], shares[index] - share);
  }
}

/** Keeps how the last step moved the weights and turned the gradient; a step without curvature is left out. */
function remember(
  moves: Float64Array[],
  turns: Float64Array[],
  weights: Float64Array,
  trial: Float64Array,
  gradient: Float64Array,
  trialGradient: Float64Array,
): void {
  const full = moves.length === MEMORY;
  const move = (full ? moves.shift() : undefined) ?? new Float64Array(weights.length);
  const turn = (full ? turns.shift() : undefined) ?? new Float64Array(weights.length);
  for (let index = 0; index < weights.length; index++) {
    move[index] = trial[index] - weights[index];
    turn[index] = trialGradient[index] - gradient[index];
  }
  if (!(dot(move, turn) > 0)) return;
  moves.push(move);
  turns.push(turn);
}

function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < first.length; index++) sum += first[index] * second[index];
  return sum;
}

function addScaled(target: Float64Array, added: Float64Array, scale: number): void {
  for (let index = 0; index < target.length; index++) target[index] += scale * added[index];
}

/**
 * How much each row of the asked questions is believed in, as shares that sum to 1 within a question, written into
 * `shares`.
 */
export function logitShares(rows: SparseRows, weights: Float64Array, asked: Int32Array, shares: Float64Array): void {
  const { starts, entries, features, values } = rows;
  for (let index = 0; index < asked.length; index++) {
    const start = starts[asked[index]];
    const end = starts[asked[index] + 1];
    let largest = Number.NEGATIVE_INFINITY;
    for (let row = start; row < end; row++) {
      let logit = 0;
      for (let entry = entries[row]; entry < entries[row + 1]; entry++)
        logit += weights[features[entry]] * values[entry];
      shares[row] = logit;
      if (logit > largest) largest = logit;
    }
    let total = 0;
    for (let row = start; row < end; row++) {
      shares[row] = Math.exp(shares[row] - largest);
      total += shares[row];
    }
    for (let row = start; row < end; row++) shares[row] /= total;
  }
}
