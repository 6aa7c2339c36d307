/** One annotated object; `id` is ScanNet's objectId. */
export interface SegmentGroup {
  id: number;
  label: string;
  segments: number[];
}

/** `<scanId>.aggregation.json`: which segments make up which labelled object. */
export function writeAggregation(sceneName: string, groups: readonly SegmentGroup[]): Uint8Array {
  const aggregation = {
    sceneId: `scannet.${sceneName}`,
    appId: "Aggregator.v2",
    segGroups: groups.map(({ id, label, segments }) => ({ id, objectId: id, segments, label })),
    segmentsFile: `scannet.${sceneName}_vh_clean_2.0.010000.segs.json`,
  };
  return new TextEncoder().encode(JSON.stringify(aggregation));
}
