import { CholeskyDecomposition, Matrix } from "ml-matrix";
import type { NormalEquations } from "./normalEquations.ts";

/** Added to each feature's own count: as if every label had been seen once more, with nothing to say. */
const PENALTY = 1;

/** Keeps the equations solvable where nothing was learnt from; far below any count. */
const SMALLEST_PIVOT = 1e-9;

/** The weights of a ridge regression (Hoerl and Kennard, 1970), one a feature; feature 0, the constant, is not penalised. */
export function ridgeWeights({ products, targets }: NormalEquations): Float64Array {
  const size = targets.length;
  const system = Matrix.from1DArray(size, size, products);
  system.set(0, 0, system.get(0, 0) + SMALLEST_PIVOT);
  for (let feature = 1; feature < size; feature++) {
    system.set(feature, feature, system.get(feature, feature) + PENALTY);
  }
  return Float64Array.from(new CholeskyDecomposition(system).solve(Matrix.columnVector(targets)).to1DArray());
}
