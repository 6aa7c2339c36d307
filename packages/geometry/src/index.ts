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
export { axisAlignedBox, gravityBox, pcaBox } from "./boxes/boxes.ts";
export { isCameraPose, POSE_TOLERANCE } from "./camera/pose.ts";
export { type ProjectedPoint, projectPoint } from "./camera/raster.ts";
export { type CoverageCandidate, frameTimes, sampleCoverage, sampleEvery, sampleUniform } from "./camera/sampling.ts";
export {
  type DepthImage,
  firstSeen,
  type LabelledMesh,
  labelFaces,
  labelVertices,
  type ObjectVertices,
  VISIBILITY_DEFAULTS,
  type VisibilityOptions,
  VisibilityRenderer,
  type VisibleFrame,
  worldToCamera,
} from "./camera/visibility.ts";
export { boxDistance, centroid, centroidDistance, pointToBoxDistance } from "./distances/boxes.ts";
export {
  buildPointCloudTree,
  type ClosestVertices,
  closestVertices,
  type NearestVertex,
  nearestVertex,
  type ObjectCloud,
  type PointCloudTree,
  surfaceDistances,
} from "./distances/pointClouds.ts";
export { type SampledBox, sampleBox, sampledBoxDistance } from "./distances/sampledBoxes.ts";
export { GeometryError, type GeometryErrorDetail } from "./errors.ts";
export {
  buildSceneFacts,
  SCENE_FACTS_DEFAULTS,
  type Scan,
  type ScanFileNames,
  type SceneFactsOptions,
} from "./facts/buildSceneFacts.ts";
export { readFaces } from "./ply/faces.ts";
export { PLY_FILE_DEFAULTS, type PlyFileOptions } from "./ply/header.ts";
export { PlyVertexLoader, type PlyVertexMesh, parsePlyPositions, readVertexPositions } from "./ply/positions.ts";
export { type AlphaShape, alphaShape, ROOM_ALPHA_RADIUS, roomFromVertices } from "./room/alphaShape.ts";
export { thinFloorPoints } from "./room/thinFloorPoints.ts";
export {
  MOST_WALKABLE_CELLS,
  readCellRuns,
  WALKABLE_DEFAULTS,
  type WalkableOptions,
  walkableGrid,
  writeCellRuns,
} from "./room/walkable.ts";
export { factsFromMetaInfo, META_INFO_DEFAULTS, type MetaInfoOptions } from "./sources/publishedFacts.ts";
export {
  AGGREGATION_DEFAULTS,
  type AggregatedObject,
  type Aggregation,
  type AggregationOptions,
  readAggregation,
} from "./sources/scannet/aggregation.ts";
export { gatherPositions, groupInstances } from "./sources/scannet/instances.ts";
export type { LabelRule, LabelRules } from "./sources/scannet/labels.ts";
export {
  alignPositions,
  isScanId,
  readScanInfo,
  SCAN_INFO_DEFAULTS,
  type ScanInfo,
  type ScanInfoOptions,
} from "./sources/scannet/scanInfo.ts";
export { readSegments, SEGMENTS_DEFAULTS, type SegmentsOptions } from "./sources/scannet/segments.ts";
export type { ColorCompression, FrameStream, SensFrame, SensHeader, StreamFrame } from "./sources/scannet/sens.ts";
