import { GeometryError } from "../geometryError.ts";
import { describeValue } from "../json/describeValue.ts";

/** Makes the error for one value of a meta-info file; `got` is the value itself. */
export type MetaInfoFail = (code: string, place: string, got: unknown, expected: string) => GeometryError;

/** The errors of one file, which all give the same advice. */
export function metaInfoFail(file: string): MetaInfoFail {
  return (code, place, got, expected) =>
    new GeometryError(code, {
      file,
      place,
      got: describeValue(got),
      expected,
      advice:
        "The file is damaged or not VSI-Bench's published scene facts (<dataset>_meta_info_val.json); download it again.",
    });
}
