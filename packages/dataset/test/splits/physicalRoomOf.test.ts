import { expect, test } from "@jest/globals";
import { physicalRoomOf } from "../../src/splits/physicalRoomOf.ts";

test.each([
  ["scene0000_00", "scene0000"],
  ["scene0706_02", "scene0706"],
  ["41069021", "41069021"],
  ["scene0000", "scene0000"],
  ["scene0000_00_extra", "scene0000_00_extra"],
  ["", ""],
])("%j is in room %j", (scanId, room) => {
  expect(physicalRoomOf(scanId)).toBe(room);
});
