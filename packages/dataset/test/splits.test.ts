import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  isTestRoom,
  physicalRoomOf,
  roomOfScene,
  type ScanNetSplit,
  seededShare,
  splitOf,
  splitOfAnyScene,
  VALIDATION_SHARE,
} from "../src/splits.ts";

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

/** FNV-1a and MurmurHash3's finalizer once more, in BigInt arithmetic modulo 2^32. */
function expectedShare(seed: number, name: string): number {
  const modulus = 2n ** 32n;
  let hash = 2166136261n;
  for (const byte of Buffer.from(`${seed}\n${name}`)) {
    hash = ((hash ^ BigInt(byte)) * 16777619n) % modulus;
  }
  hash = ((hash ^ (hash >> 16n)) * 2246822507n) % modulus;
  hash = ((hash ^ (hash >> 13n)) * 3266489909n) % modulus;
  return Number(hash ^ (hash >> 16n)) / Number(modulus);
}

test.each([
  [0, ""],
  [0, "scene0000"],
  [-1, "scene0000"],
  [Number.MAX_SAFE_INTEGER, "Küche 厨房"],
])("seed %d, name %j: the documented hash", (seed, name) => {
  expect(seededShare(seed, name)).toBe(expectedShare(seed, name));
});

test("names that differ in the last digit are spread evenly: chi-square of ten bins under its 0.999 quantile", () => {
  const bins = new Array<number>(10).fill(0);
  for (let room = 0; room < 10_000; room++) {
    bins[Math.floor(10 * seededShare(1, `scene${String(room).padStart(4, "0")}`))]! += 1;
  }
  const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(27.88); // nine degrees of freedom
});

const listed = new Map<string, ScanNetSplit>([
  ["scene0000", "train"],
  ["scene0011", "val"],
  ["scene0707", "test"],
]);

test("a room on ScanNet's lists goes by its list, whatever the scan and seed", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 99 }), (seed, scan) => {
      const suffix = String(scan).padStart(2, "0");
      expect(splitOf(`scene0000_${suffix}`, listed, seed)).toBe("train");
      expect(splitOf(`scene0011_${suffix}`, listed, seed)).toBe("validation");
      expect(splitOf(`scene0707_${suffix}`, listed, seed)).toBe("test");
    }),
  );
});

const room = fc.integer({ min: 0, max: 9999 }).map((number) => `scene${String(number).padStart(4, "0")}`);
const scan = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, "0"));

test("scans of one room share a split and it is never test, for rooms on no list", () => {
  fc.assert(
    fc.property(room, scan, scan, fc.integer(), (name, one, other, seed) => {
      const split = splitOf(`${name}_${one}`, new Map(), seed);
      expect(split).toBe(splitOf(`${name}_${other}`, new Map(), seed));
      expect(["train", "validation"]).toContain(split);
    }),
  );
});

test("a tenth of the rooms on no list goes to validation, within four standard deviations, and the seed matters", () => {
  const rooms = Array.from({ length: 4000 }, (_, number) => `scene${number + 1000}_00`);
  const validationOf = (seed: number) => rooms.filter((id) => splitOf(id, new Map(), seed) === "validation");
  const expected = rooms.length * VALIDATION_SHARE;
  const bound = 4 * Math.sqrt(expected * (1 - VALIDATION_SHARE));
  expect(Math.abs(validationOf(0).length - expected)).toBeLessThan(bound);
  expect(validationOf(1)).not.toEqual(validationOf(0));
});

test("regression: with its dataset's name before it, a test room went to train by the hash of its name", () => {
  const lists = { splitsByRoom: listed, testRooms: new Set(["scene0500", "41069025"]) };
  for (const name of ["scannet_scene0500_01", "ARKitScenes-41069025", "41069025_3dod", "my_Scene0500"]) {
    expect([0, 1, 2, 3].map((seed) => splitOfAnyScene(name, lists, seed, { room_split: "train" }))).not.toContain(
      "train",
    );
    expect(isTestRoom(name, lists)).toBe(true);
  }
  expect(splitOfAnyScene("ScanNet_scene0011_00", lists, 0, { room_split: "train" })).toBe("validation");
  expect([0, 1, 2, 3, 4, 5, 6, 7].map((seed) => splitOfAnyScene("arkitscenes_47333463", lists, seed))).not.toContain(
    "validation",
  );
  expect(isTestRoom("410690251", lists)).toBe(false);
});

describe("what a table of rooms says of a scene", () => {
  const lists = { splitsByRoom: listed, testRooms: new Set(["scene0500", "41069025"]) };

  test("of one's own rooms and ARKitScenes' it decides; a room without a split goes by its own hash, not the scene's", () => {
    for (const split of ["train", "validation", "test"] as const) {
      expect(splitOfAnyScene("47333462", lists, 0, { room_split: split })).toBe(split);
      expect(splitOf("scene9000_00", listed, 0, { room_split: split })).toBe(split);
    }
    const rooms = Array.from({ length: 200 }, (_, number) => `room ${number}`);
    const expected = rooms.map((room) => (expectedShare(3, room) < VALIDATION_SHARE ? "validation" : "train"));
    for (const scene of ["office_1", "41234567"]) {
      expect(rooms.map((physical_room) => splitOfAnyScene(scene, lists, 3, { physical_room }))).toEqual(expected);
    }
    expect(new Set(expected).size).toBe(2);
  });

  test("it changes nothing of ScanNet's lists and of what a benchmark tests on", () => {
    const train = { physical_room: "office", room_split: "train" } as const;
    expect(roomOfScene("scene0011_01", train)).toBe("scene0011");
    for (const scene of ["scene0011_00", "SCENE0011_00"]) {
      expect(splitOfAnyScene(scene, lists, 0, train)).toBe("validation");
    }
    for (const scene of ["scene0500_01", "41069025"]) expect(splitOfAnyScene(scene, lists, 0, train)).toBe("test");
    // A scan of one's own of a room that is tested on, or validated with.
    const again = (physical_room: string) => splitOfAnyScene("office_1", lists, 0, { ...train, physical_room });
    expect(again("scene0500")).toBe("test");
    expect(again("41069025")).toBe("test");
    expect(again("scene0011")).toBe("validation");
  });
});
