import { describe, expect, test } from "@jest/globals";
import { BuildStoppedError } from "@vsi/command";
import { checkTrainingRooms } from "../src/mergeResults.ts";

const splitsByRoom = new Map([
  ["scene0000", "train"],
  ["scene0011", "val"],
  ["scene0707", "test"],
] as const);
const lists = { splitsByRoom, testRooms: new Set(["41069025", "scene0500"]) };

describe("checkTrainingRooms", () => {
  test("rooms on their own list, and rooms on none, pass", () => {
    const scans = [
      { scanId: "scene0000_00", split: "train" },
      { scanId: "scene0011_00", split: "validation" },
      { scanId: "scene9000_00", split: "train" },
      { scanId: "scene9000_01", split: "train" },
    ] as const;
    expect(() => checkTrainingRooms(scans, lists)).not.toThrow();
  });

  test.each(["scene0011_00", "scene0011_01", "scene0707_00"])("%s in train stops the build", (scanId) => {
    expect(() => checkTrainingRooms([{ scanId, split: "train" }], lists)).toThrow(BuildStoppedError);
    expect(() => checkTrainingRooms([{ scanId, split: "train" }], lists)).toThrow(`${scanId}: would go to train`);
  });

  test.each(["41069025", "scene0500_01"])("%s, which VSI-Bench tests on, in train stops the build", (scanId) => {
    expect(() => checkTrainingRooms([{ scanId, split: "train" }], lists)).toThrow(`${scanId}: would go to train`);
    expect(() => checkTrainingRooms([{ scanId, split: "test" }], lists)).not.toThrow();
  });

  test.each([
    ["that VSI-Bench tests on", { physical_room: "41069025" }, "VSI-Bench tests on 41069025"],
    ["of ScanNet's val list", { physical_room: "scene0011" }, "scene0011 is on ScanNet's val list"],
    ["that a table tests on", { physical_room: "office", room_split: "test" } as const, "a table of rooms says"],
  ])("a scan of a room %s in train stops the build", (_, stated, message) => {
    const scan = { scanId: "office_1", ...stated };
    expect(() => checkTrainingRooms([{ ...scan, split: "train" }], lists)).toThrow(message);
    expect(() => checkTrainingRooms([{ ...scan, split: "test" }], lists)).not.toThrow();
  });

  test("scans of one room by a table in two splits stop the build", () => {
    const scans = [
      { scanId: "47333462", split: "train", physical_room: "921372" },
      { scanId: "47333463", split: "validation", physical_room: "921372" },
    ] as const;
    expect(() => checkTrainingRooms(scans, lists)).toThrow("another scan of 921372 goes to train");
  });

  test("two scans of one room in two splits stop the build", () => {
    const scans = [
      { scanId: "scene9000_00", split: "train" },
      { scanId: "scene9000_01", split: "validation" },
    ] as const;
    expect(() => checkTrainingRooms(scans, lists)).toThrow("another scan of scene9000 goes to train");
  });
});
