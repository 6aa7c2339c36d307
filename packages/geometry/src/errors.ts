import { type FileErrorDetail, VsiError } from "@vsi/dataset";

/** A scan's file does not follow its format. `detail.place` is "byte 1207", "line 12" or "segGroups[3].segments[0]". */
export class GeometryError extends VsiError<FileErrorDetail> {
  override readonly name = "GeometryError";
}
