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
export { gravityBox, pcaBox } from "./boxes/boxes.ts";
export { floorHull } from "./boxes/hull.ts";
export type { ColorCompression, FrameStream, StreamFrame } from "./camera/frames.ts";
export { labelFaces, labelVertices, type ObjectVertices } from "./camera/meshLabels.ts";
export { ALIGNED_POSE_TOLERANCE, isCameraPose, POSE_TOLERANCE } from "./camera/pose.ts";
export { type ProjectedPoint, projectPoint } from "./camera/projection.ts";
export type { DepthImage } from "./camera/raster.ts";
export { type CoverageCandidate, frameTimes, sampleCoverage, sampleEvery } from "./camera/sampling.ts";
export {
  firstSeen,
  type LabelledMesh,
  VISIBILITY_DEFAULTS,
  type VisibilityOptions,
  VisibilityRenderer,
  type VisibleFrame,
  worldToCamera,
} from "./camera/visibility.ts";
export { boxDistance, centroidDistance, pointToBoxDistance } from "./distances/boxes.ts";
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
} from "./facts/sceneFacts.ts";
export { readFaces } from "./ply/faces.ts";
export { PLY_FILE_DEFAULTS, type PlyFileOptions } from "./ply/header.ts";
export { PlyVertexLoader, type PlyVertexMesh } from "./ply/loader.ts";
export { parsePlyPositions, readVertexPositions } from "./ply/positions.ts";
export { type AlphaShape, alphaShape } from "./room/alphaShape.ts";
export { readCellRuns, writeCellRuns } from "./room/cellRuns.ts";
export { ROOM_ALPHA_RADIUS, roomFromVertices } from "./room/room.ts";
export { thinFloorPoints } from "./room/thinning.ts";
export { MOST_WALKABLE_CELLS, WALKABLE_DEFAULTS, type WalkableOptions, walkableGrid } from "./room/walkable.ts";
export { FACTS_STEP } from "./rounding.ts";
export { factsFromMetaInfo, META_INFO_DEFAULTS, type MetaInfoOptions } from "./sources/publishedFacts.ts";
export {
  AGGREGATION_DEFAULTS,
  type AggregatedObject,
  type Aggregation,
  type AggregationOptions,
  readAggregation,
} from "./sources/scannet/aggregation.ts";
export { groupInstances } from "./sources/scannet/instances.ts";
export type { LabelRule, LabelRules } from "./sources/scannet/labels.ts";
export {
  isScanId,
  readScanInfo,
  SCAN_INFO_DEFAULTS,
  type ScanInfo,
  type ScanInfoOptions,
} from "./sources/scannet/scanInfo.ts";
export { readSegments, SEGMENTS_DEFAULTS, type SegmentsOptions } from "./sources/scannet/segments.ts";
export type { SensFrame, SensHeader } from "./sources/scannet/sens.ts";
export { alignPositions, axisAlignedBox, centroid, gatherPositions } from "./vertices.ts";
