export type {
  AxisAlignedBox,
  CameraFacts,
  CameraIntrinsics,
  ExclusionReason,
  FirstSeen,
  OrientedBox,
  Room,
  SampledFrame,
  SceneFacts,
  SceneObject,
  SurfaceDistance,
  Vec3,
  WalkableGrid,
} from "@vsi/dataset";
export { gravityBox } from "./boxes/boxes.ts";
export { labelFaces, labelVertices, type ObjectVertices } from "./camera/meshLabels.ts";
export {
  type LabelledMesh,
  type VisibilityOptions,
  VisibilityRenderer,
  type VisibleFrame,
  worldToCamera,
} from "./camera/visibility.ts";
export {
  boxDistance,
  centroidDistance,
  closestBoxPoints,
  nearestBoxPoint,
  pointToBoxDistance,
} from "./distances/boxes.ts";
export { type ObjectCloud, surfaceDistances } from "./distances/pointClouds.ts";
export { closestSampledPoints, type SampledBox, sampleBox, sampledBoxDistance } from "./distances/sampledBoxes.ts";
export { GeometryError } from "./errors.ts";
export {
  buildSceneFacts,
  SCENE_FACTS_DEFAULTS,
  type Scan,
  type ScanFileNames,
  type SceneFactsOptions,
} from "./facts/sceneFacts.ts";
export { readFaces } from "./ply/faces.ts";
export type { PlyFileOptions } from "./ply/header.ts";
export { PlyVertexLoader, type PlyVertexMesh } from "./ply/loader.ts";
export { parsePlyPositions } from "./ply/positions.ts";
export { roomFromVertices } from "./room/room.ts";
export { type WalkableOptions, walkableGrid } from "./room/walkable.ts";
export { factsFromMetaInfo, type MetaInfoOptions } from "./sources/publishedFacts.ts";
export {
  type AggregatedObject,
  type Aggregation,
  type AggregationOptions,
  readAggregation,
} from "./sources/scannet/aggregation.ts";
export { groupInstances } from "./sources/scannet/instances.ts";
export type { LabelRule, LabelRules } from "./sources/scannet/labels.ts";
export { readScanInfo, type ScanInfo, type ScanInfoOptions } from "./sources/scannet/scanInfo.ts";
export { readSegments, type SegmentsOptions } from "./sources/scannet/segments.ts";
export { alignPositions, axisAlignedBox, centroid, gatherPositions } from "./vertices.ts";
