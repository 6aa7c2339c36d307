/** One annotated object; `id` is ScanNet's objectId. */
interface SegmentGroup {
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

/** ScanNet's settings of Felzenszwalb and Huttenlocher's segmentation, as its files repeat them. */
const PARAMETERS = {
  kThresh: "0.0001",
  segMinVerts: "20",
  minPoints: "750",
  maxPoints: "30000",
  thinThresh: "0.05",
  flatThresh: "0.001",
  minLength: "0.02",
  maxLength: "1",
};

/** `<scanId>_vh_clean_2.0.010000.segs.json`: the segment's id for each vertex of the mesh. */
export function writeSegments(sceneName: string, segmentOfVertex: Int32Array): Uint8Array {
  const start = `{"params":${JSON.stringify(PARAMETERS)},"sceneId":${JSON.stringify(sceneName)},"segIndices":[`;
  return new TextEncoder().encode(`${start}${segmentOfVertex.join(",")}]}`);
}
