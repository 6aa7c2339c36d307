/** One annotated object of a scan: the segments of the over-segmentation that belong to it. */
export interface AggregatedObject {
  /** ScanNet's objectId. */
  id: number;
  /** The annotator's label without surrounding blanks, otherwise as written, such as "trash can". */
  label: string;
  /** Segment ids; each must occur in the scan's segs.json. */
  segments: number[];
}

/** What `<scanId>.aggregation.json` says, after the repairs listed in `warnings`. */
export interface Aggregation {
  /** "scene0000_00": the file's sceneId without its "scannet." prefix. */
  sceneName: string;
  objects: AggregatedObject[];
  /** Known irregularities that were repaired, one sentence each (scene0217_00 lists every object twice). */
  warnings: string[];
}
