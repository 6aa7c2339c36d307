export { type CameraPose, sensorIntrinsics } from "./camera/pose.ts";
export { type RenderedFrame, renderWalk, type TrueFrame, type VisibleObject, type WalkFrame } from "./camera/render.ts";
export { type CameraWalkOptions, cameraWalk } from "./camera/walk.ts";
export { ROOM_STYLES, type RoomStyle } from "./choices.ts";
export { SynthError } from "./errors.ts";
export {
  type Doorway,
  FLOOR_PLAN_SHAPES,
  type FloorPlan,
  type FloorPlanShape,
  type FloorPoint,
  type FloorRectangle,
} from "./floorPlan.ts";
export type { BoxPart, Piece } from "./furniture/piece.ts";
export type { RoomMesh } from "./mesh/sample.ts";
export { makeRoom, ROOM_DEFAULTS, type RoomOptions, type SynthRoom } from "./room/makeRoom.ts";
export {
  type RoomTruth,
  type StreamTruth,
  type TrueBox,
  type TrueDirection,
  type TrueObject,
  trueCentroidDistance,
  trueCount,
  trueDirection,
  trueFirstSeen,
  trueLongestSide,
  trueNearest,
  trueRoomArea,
} from "./room/truth.ts";
export type { Alignment } from "./scannet/alignment.ts";
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
