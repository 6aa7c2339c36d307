import { type FileErrorDetail, VsiError } from "@vsi/dataset";

/** `place` is "byte 1207", "line 12" or "segGroups[3].segments[0]". */
export interface GeometryErrorDetail extends FileErrorDetail {}

/** A scan's file does not follow its format. */
export class GeometryError extends VsiError<GeometryErrorDetail> {
  override readonly name = "GeometryError";
}
