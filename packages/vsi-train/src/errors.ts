import { type FileErrorDetail, VsiError } from "@vsi/dataset";

/** The parts of an error's message. */
export type TrainErrorDetail = FileErrorDetail;

/** Training cannot be prepared, run or reported: "python-missing", "setup-failed", "run-unreadable". */
export class TrainError extends VsiError<TrainErrorDetail> {
  override readonly name = "TrainError";
}
