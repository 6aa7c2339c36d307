export type { AggregatedObject, Aggregation } from "./aggregation/aggregation.ts";
export { AGGREGATION_DEFAULTS, type AggregationOptions, readAggregation } from "./aggregation/readAggregation.ts";
export { alignPositions } from "./alignment/alignPositions.ts";
export { axisAlignedBox } from "./boxes/axisAlignedBox.ts";
export { gravityBox } from "./boxes/gravityBox.ts";
export { pcaBox } from "./boxes/pcaBox.ts";
export {
  buildSceneFacts,
  SCENE_FACTS_DEFAULTS,
  type Scan,
  type ScanFileNames,
  type SceneFactsOptions,
} from "./buildSceneFacts.ts";
export { boxDistance } from "./distances/boxDistance.ts";
export { centroid } from "./distances/centroid.ts";
export { centroidDistance } from "./distances/centroidDistance.ts";
export { type ClosestVertices, closestVertices } from "./distances/closestVertices.ts";
export { type NearestVertex, nearestVertex } from "./distances/nearestVertex.ts";
export { buildPointCloudTree, type PointCloudTree } from "./distances/pointCloudTree.ts";
export { pointToBoxDistance } from "./distances/pointToBoxDistance.ts";
export { type SampledBox, sampleBox } from "./distances/sampleBox.ts";
export { sampledBoxDistance } from "./distances/sampledBoxDistance.ts";
export { type ObjectCloud, surfaceDistances } from "./distances/surfaceDistances.ts";
export * from "./geometryError.ts";
export { gatherPositions } from "./instances/gatherPositions.ts";
export { groupInstances } from "./instances/groupInstances.ts";
export type { LabelRule, LabelRules } from "./labels/labelRules.ts";
export { factsFromMetaInfo, META_INFO_DEFAULTS, type MetaInfoOptions } from "./metaInfo/factsFromMetaInfo.ts";
export { parsePlyPositions } from "./ply/parsePlyPositions.ts";
export { PLY_FILE_DEFAULTS, type PlyFileOptions } from "./ply/plyHeader.ts";
export { PlyVertexLoader, type PlyVertexMesh } from "./ply/plyVertexLoader.ts";
export { readFaces } from "./ply/readFaces.ts";
export { readVertexPositions } from "./ply/readVertexPositions.ts";
export { type AlphaShape, alphaShape } from "./room/alphaShape.ts";
export { readCellRuns, writeCellRuns } from "./room/cellRuns.ts";
export { ROOM_ALPHA_RADIUS, roomFromVertices } from "./room/roomFromVertices.ts";
export { thinFloorPoints } from "./room/thinFloorPoints.ts";
export { MOST_WALKABLE_CELLS, WALKABLE_DEFAULTS, type WalkableOptions, walkableGrid } from "./room/walkableSpace.ts";
export { readScanInfo, SCAN_INFO_DEFAULTS, type ScanInfo, type ScanInfoOptions } from "./scanInfo/readScanInfo.ts";
export { isScanId } from "./scanInfo/scanId.ts";
export * from "./sceneFacts.ts";
export { readSegments, SEGMENTS_DEFAULTS, type SegmentsOptions } from "./segments/readSegments.ts";
export type { ColorCompression, FrameStream, StreamFrame } from "./stream/frameStream.ts";
export { frameTimes } from "./stream/frameTimes.ts";
export { isCameraPose, POSE_TOLERANCE } from "./stream/isCameraPose.ts";
export { type CoverageCandidate, sampleCoverage } from "./stream/sampleCoverage.ts";
export { sampleEvery } from "./stream/sampleEvery.ts";
export { sampleUniform } from "./stream/sampleUniform.ts";
export type { SensFrame } from "./stream/sensFrame.ts";
export type { SensHeader } from "./stream/sensHeader.ts";
export type { DepthImage } from "./visibility/countPixels.ts";
export { firstSeen, type VisibleFrame } from "./visibility/firstSeen.ts";
export { labelFaces } from "./visibility/labelFaces.ts";
export { labelVertices, type ObjectVertices } from "./visibility/labelVertices.ts";
export { type ProjectedPoint, projectPoint } from "./visibility/projectPoint.ts";
export {
  type LabelledMesh,
  VISIBILITY_DEFAULTS,
  type VisibilityOptions,
  VisibilityRenderer,
} from "./visibility/visibilityRenderer.ts";
export { worldToCamera } from "./visibility/worldToCamera.ts";
