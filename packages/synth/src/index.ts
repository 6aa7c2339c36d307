export { type CameraPose, cameraPose, sensorIntrinsics } from "./camera/pose.ts";
export { type RenderedFrame, renderWalk, type WalkFrame } from "./camera/render.ts";
export { type CameraWalkOptions, cameraWalk, cameraWalkDefaults, framesPerSecond } from "./camera/walk.ts";
export {
  type Doorway,
  type FloorPlan,
  type FloorPlanShape,
  type FloorPlanSketch,
  type FloorPoint,
  type FloorRectangle,
  floorPlanShapes,
} from "./floorPlan.ts";
export type { BoxPart, Piece } from "./furniture/piece.ts";
export { makeRoom, type RoomOptions, roomDefaults, type SynthRoom } from "./makeRoom.ts";
export type { RoomMesh } from "./mesh/sample.ts";
export { plainWalk } from "./plainRoom.ts";
export { type RoomStyle, roomStyles } from "./roomContent.ts";
export { type Alignment, toScannerPose, writeLabelMap } from "./scannet/files.ts";
export {
  type ColorEncoder,
  rawColor,
  type SensFrameFields,
  type SensHeaderFields,
  type SensImuFields,
  writeSensFrame,
  writeSensHeader,
  writeSensImu,
} from "./scannet/sens.ts";
export { SynthError, type SynthErrorDetail } from "./synthError.ts";
export {
  type RoomTruth,
  type StreamTruth,
  type TrueBox,
  type TrueDirection,
  type TrueFrame,
  type TrueObject,
  trueCentroidDistance,
  trueCount,
  trueDirection,
  trueFirstSeen,
  trueLongestSide,
  trueNearest,
  trueRoomArea,
  type VisibleObject,
} from "./truth.ts";
