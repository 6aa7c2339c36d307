import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { UsageError } from "@vsi/command";
import { isTestRoom, type ScanNetSplit, splitOfAnyScene } from "@vsi/dataset";
import { roomOfScene } from "@vsi/dataset/internal";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import { readRoomTables, tableWarnings } from "../../src/scans/roomTables.ts";

const lists = {
  splitsByRoom: new Map<string, ScanNetSplit>([
    ["scene0000", "train"],
    ["scene0011", "val"],
    ["scene0707", "test"],
  ]),
  testRooms: new Set(["41069025", "381658", "scene0011_00", "scene0011", "0d2ee665be"]),
};

const folder = temporaryFolder();
let files = 0;

/** A file of this name and text, in a folder of its own. */
async function file(name: string, text: string): Promise<string> {
  files += 1;
  await mkdir(join(folder, String(files)));
  const path = join(folder, String(files), name);
  await writeFile(path, text);
  return path;
}

const read = (...paths: string[]) => readRoomTables(paths, lists);

describe("readRoomTables", () => {
  test("Apple's table: rooms are visits, folds are splits; a video of an unknown room keeps its fold", async () => {
    const { statedOf, roomOf } = await read(
      await file(
        "3dod_train_val_splits.csv",
        "video_id,visit_id,fold\n47333462,921372.0,Training\n47333463,921372,Training\n48458663,922012,Validation\n47895341,NA,Validation\n",
      ),
    );
    expect(["47333462", "47333463", "48458663", "47895341", "47895342"].map(statedOf)).toEqual([
      { physical_room: "921372", room_split: "train" },
      { physical_room: "921372", room_split: "train" },
      { physical_room: "922012", room_split: "validation" },
      { room_split: "validation" },
      null,
    ]);
    expect(["47333463", "47895341", "scene0000_01"].map(roomOf)).toEqual(["921372", "47895341", "scene0000"]);
  });

  test("a room with one video that VSI-Bench tests on is test as a whole, whatever the table says", async () => {
    const { statedOf } = await read(
      await file("metadata.csv", "visit_id,video_id,fold\n381658,41069025,Validation\n381658,41069026,Validation\n"),
    );
    expect(statedOf("41069026")).toEqual({ physical_room: "381658", room_split: "test" });
    const own = await read(await file("own.csv", "scene,room,split\noffice,scene0011,\n"));
    expect(own.statedOf("office")).toEqual({ physical_room: "scene0011", room_split: "test" });
  });

  test("ScanNet++'s folder of lists: the files' names say the split, a scene is a room of its own", async () => {
    const splits = join(folder, "splits");
    await mkdir(splits);
    await writeFile(join(splits, "nvs_sem_train.txt"), "0a5c013435\n0a7cc12c0e\n");
    await writeFile(join(splits, "nvs_sem_val.txt"), "7b6477cb95\n0d2ee665be\n");
    await writeFile(join(splits, "nvs_test.txt"), "1c4b893630\n");
    await writeFile(join(splits, "sem_test.txt"), "1c4b893630\n");
    await writeFile(join(splits, "notes.txt"), "not a list\n");
    const { statedOf } = await read(splits);
    expect(["0a5c013435", "7b6477cb95", "0d2ee665be", "1c4b893630", "ffffffffff"].map(statedOf)).toEqual([
      { room_split: "train" },
      { room_split: "validation" },
      { room_split: "test" },
      { room_split: "test" },
      null,
    ]);
  });

  test.each([
    ["CSV", "rooms.csv", "scene,room,split\noffice_1,Office,val\noffice_2,office,\nhall,,Test\nattic,attic,\n"],
    [
      "CSV of a spreadsheet",
      "rooms.csv",
      "\uFEFFScene;Room;Split\r\noffice_1;Office;val\r\noffice_2;office\r\nhall;;Test\r\nattic;attic;\r\n",
    ],
    ["TSV", "rooms.tsv", "room\tscene\tsplit\nOffice\toffice_1\tval\noffice\toffice_2\n\thall\ttest\nattic\tattic\n"],
    [
      "JSON lines",
      "rooms.jsonl",
      '{"scene": "office_1", "room": "Office", "split": "validation"}\n\n{"scene": "office_2", "room": "office", "split": null}\n{"scene": "hall", "split": "test"}\n{"scene": "attic", "room": "attic"}\n',
    ],
  ])(
    "one's own table as %s; what is left out is not known, and a split holds for the whole room",
    async (_, name, text) => {
      const { statedOf } = await read(await file(name, text));
      expect(["office_1", "OFFICE_2", "hall", "attic", "Office", "cellar"].map(statedOf)).toEqual([
        { physical_room: "office", room_split: "validation" },
        { physical_room: "office", room_split: "validation" },
        { room_split: "test" },
        // Said, though it is the scene's own name: a room of one's own that is called as a video of ARKitScenes.
        { physical_room: "attic" },
        // Called as the room is, which no other scene of the dataset may be.
        { physical_room: "office", room_split: "validation" },
        null,
      ]);
    },
  );

  test("one table may say the room, another the split", async () => {
    const rooms = await file("rooms.csv", "scene,room\noffice_1,office\noffice_2,office\n");
    const { statedOf } = await read(rooms, await file("val.txt", "office_2 # one is enough\n"));
    expect(statedOf("office_1")).toEqual({ physical_room: "office", room_split: "validation" });
  });

  test("ScanNet's own lists say all of its rooms; the rooms on none of them go by the table", async () => {
    const { statedOf } = await read(
      await file(
        "own.csv",
        "scene,room,split\nscene0000_00,scene0000,train\nscene0011_00,,test\nscene0011_01,,val\nscene9000_00,,test\n",
      ),
    );
    expect(["scene0000_00", "scene0011_00", "scene0707_00", "scene9000_01"].map(statedOf)).toEqual([
      null,
      null,
      null,
      { room_split: "test" },
    ]);
  });

  test.each([
    [
      "scene,split\nscene0011_00,train\n",
      "line 2: got scene0011_00 in train, expected validation: scene0011 is on ScanNet's val list (scannetv2_val.txt)",
    ],
    [
      "scene,split\nscene0000_02,test\n",
      "line 2: got scene0000_02 in test, expected train: scene0000 is on ScanNet's train list",
    ],
    ["scene,room,split\nmine,scene0011_02,train\n", "line 2: got mine in train, expected validation: scene0011 is on"],
    [
      "scene,room\nscene0000_00,office\n",
      "line 2: got the room office for scene0000_00, expected scene0000, which ScanNet's own name says",
    ],
    [
      "scene,room\n41069025,scene0000\n",
      "line 2: got the room scene0000 for 41069025, expected one that is not on ScanNet's train list: VSI-Bench tests on 41069025.",
    ],
    [
      'scene,room\na,"one\n',
      'line 2: got the room "\\"one", expected a name of up to 100 characters on one line, and as many quotes',
    ],
    ["scene,room\na,one\nb,one\nA,two\n", "line 4: got the room two for a, expected one, as in "],
    ["scene,split\na,train\na,test\n", "line 3: got a in test, expected train, as in "],
    ["scene,split\na,eval\n", 'line 2: got the split "eval", expected train, validation or test, or nothing.'],
    ["scene,split\na b,train\n", 'line 2: got "a b", expected a scene\'s name or video.'],
    [`scene,room\na,${"x".repeat(101)}\n`, "expected a name of up to 100 characters"],
    ["scene,question\na,why\n", "got neither a room nor a split of any scene, expected a table with the columns"],
    ["a\nb\n", "got a list whose file's name says no split"],
    ['{"scene": "a", "split": "train"}\n{"scene": ', "line 2: got text that is not JSON"],
    ['{"split": "train"}\n', "line 1: got no scene, expected a record with scene, room and split on each line."],
    ['[{"scene": "a", "split": "train"}, {"room": 1}]', "record 2: got no scene, expected a record"],
    // Left out unseen, they put the scene into the split of a hash.
    ['{"scene": "a", "room": ["x"]}\n', 'line 1: got a field "room" that is neither text nor a whole number'],
    ['{"scene": "a", "Split": true}\n', 'line 1: got a field "Split" that is neither text nor a whole number'],
  ])("%j is refused with the file and line", async (text, message) => {
    const path = await file("table.csv", text);
    await expect(read(path)).rejects.toThrow(`--room-tables ${path}: `);
    await expect(read(path)).rejects.toThrow(message);
  });

  test("regression: Apple's table, which has a room in both folds, was refused as a whole", async () => {
    const tables = await read(
      await file(
        "3dod_train_val_splits.csv",
        "video_id,visit_id,fold\n41159521,381879,Training\n47333462,921372,Training\n41159519,381879,Validation\n41069021,381658,Training\n41069026,381658,Validation\n",
      ),
    );
    const videos = ["41159521", "41159519", "47333462", "41069021", "41069026"];
    expect(videos.map((video) => tables.statedOf(video)?.room_split)).toEqual([
      "validation",
      "validation",
      "train",
      "test",
      "test",
    ]);
    const scans = videos.map((scanId) => ({ scanId, split: "validation" as const }));
    // Whatever it has of a room that is tested on does not count.
    expect(tableWarnings(scans, tables, lists)).toEqual([
      "--room-tables: 1 room, such as 381879 (41159521 in train, 41159519 in validation), has scenes in different splits: all go to the one furthest from training. If this is not meant, correct the table.",
    ]);
    expect(tableWarnings(scans.slice(2), tables, lists)).toEqual([]);
  });

  test("regression: a table of some videos, none of them tested on, let their room into train", async () => {
    const { statedOf } = await read(await file("some.csv", "video_id,visit_id,fold\n41069021,381658,Training\n"));
    expect(statedOf("41069021")).toEqual({ physical_room: "381658", room_split: "test" });
  });

  test("regression: a room named by a scan of it, or with accents written in two ways, was another room", async () => {
    const { statedOf } = await read(
      await file(
        "own.csv",
        "scene,room,split\nmine,scene0011_01,\nyours,scene0000_02,\na,k\u00fcche,val\nb,ku\u0308che,\n",
      ),
    );
    expect(statedOf("mine")).toEqual({ physical_room: "scene0011", room_split: "test" });
    expect(statedOf("yours")).toEqual({ physical_room: "scene0000" });
    expect(statedOf("b")).toEqual(statedOf("a"));
  });

  test("regression: an empty column of one's own hid Apple's beside it, and numbers as pandas writes them were none", async () => {
    const expected = { physical_room: "921372", room_split: "train" };
    for (const text of [
      "room,visit_id,video_id,split,fold\n,921372.0,47333462.0,,Training\n",
      '[{"Video_ID": 47333462, "room": null, "visit_id": 921372.0, "fold": "Training", "area": 12.5}]',
    ]) {
      const { statedOf } = await read(await file("table.csv", text));
      expect(statedOf("47333462")).toEqual(expected);
    }
  });

  const names = fc.constantFrom(
    ...["41069025", "41069021", "47333462", "scene0000_00", "scene0011_00", "scene0011_01", "scene0707_00"],
    ...["scene9000_00", "scene9000_01", "0d2ee665be", "0a5c013435", "Office", "hall", "a"],
  );
  const someRooms = fc.constantFrom(
    "",
    "NA",
    "381658",
    "r1",
    "R1",
    "a",
    "hall",
    "scene0011_00",
    "scene0000",
    "41069025",
  );
  const someSplits = fc.constantFrom("", "train", "Training", "val", "Validation", "test");

  test("whatever a table says, no room is in two splits, and none that is tested on in train", async () => {
    const path = await file("table.csv", "");
    const rows = fc.array(fc.tuple(names, someRooms, someSplits), { minLength: 1, maxLength: 5 });
    const property = fc.asyncProperty(rows, async (cells) => {
      await writeFile(path, ["scene,room,split", ...cells.map((row) => row.join(","))].join("\n"));
      const tables = await read(path).catch((error: unknown) => {
        expect(error).toBeInstanceOf(UsageError);
        return null;
      });
      if (tables === null) return;
      const splitOfRoom = new Map<string, string>();
      for (const [name] of cells) {
        const stated = tables.statedOf(name) ?? {};
        const room = roomOfScene(name, stated).toLowerCase();
        const split = splitOfAnyScene(name, lists, 0, stated);
        expect(splitOfRoom.get(room) ?? split).toBe(split);
        splitOfRoom.set(room, split);
        const isTested = isTestRoom(room, lists) || (lists.splitsByRoom.get(room) ?? "train") !== "train";
        expect(split === "train" && isTested).toBe(false);
      }
    });
    await fc.assert(property, { numRuns: 300 });
  });

  test.each([
    ["CSV", 'scene,room,split\r\n"office_1","Office, north",val\r\n41069021,381658.0,Training\r\n'],
    [
      "JSON lines",
      '{"scene": "office_1", "room": "Office", "split": "val"}\n{"video_id": 41069021, "fold": "Training"}\n',
    ],
  ])("damaged %s is read, or refused by name of the file", async (_, text) => {
    const path = await file("table", "");
    const damage = fc.tuple(
      fc.nat(text.length),
      fc.nat(8),
      fc.string({ unit: fc.constantFrom(...'"{},:[]\n\r\t;ab0'), maxLength: 4 }),
    );
    const property = fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (places) => {
      let damaged = text;
      for (const [at, length, put] of places) damaged = damaged.slice(0, at) + put + damaged.slice(at + length);
      await writeFile(path, damaged);
      const error: unknown = await read(path).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error === null) return;
      expect(error).toBeInstanceOf(UsageError);
      expect((error as UsageError).message).toMatch(`--room-tables ${path}: `);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  test("two files that contradict each other are both named", async () => {
    const [train, val] = [await file("nvs_sem_train.txt", "a\nb\n"), await file("nvs_sem_val.txt", "c\n\nb\n")];
    await expect(read(train, val)).rejects.toThrow(
      `--room-tables ${val}: line 3: got b in validation, expected train, as in ${train}: line 2: a room has one split.`,
    );
  });

  test("a path of nothing and a folder without lists are named", async () => {
    await expect(read(join(folder, "none.csv"))).rejects.toThrow("none.csv: got no such file, expected a table with");
    await mkdir(join(folder, "no-lists"));
    await expect(read(join(folder, "no-lists"))).rejects.toThrow("got a folder without tables or lists");
  });
});

test("tableWarnings counts the scenes that go by their names alone, once", async () => {
  const tables = await read(await file("own.csv", "scene,room\noffice,office\n"));
  const scan = (scanId: string, split: "train" | "test" = "train") => ({ scanId, split });
  const scans = [scan("office"), scan("hall"), scan("scene0000_00"), scan("41069025", "test"), scan("attic")];
  expect(tableWarnings(scans, tables, lists)).toEqual([
    "--room-tables: 2 scenes, such as hall, are on none of the tables: their names alone decide, as without the flag. Add them to a table, or leave them out with --exclude.",
  ]);
  expect(tableWarnings(scans.slice(2, 4), tables, lists)).toEqual([]);
  // Apple's raw_train_val_splits.csv says the fold of a video, not the room that it shows.
  const folds = await read(
    await file("raw_train_val_splits.csv", ",video_id,fold\n0,41159521,Training\n1,41069025,Validation\n"),
  );
  expect(tableWarnings([scan("41159521"), scan("41069025", "test")], folds, lists)).toEqual([
    expect.stringMatching(
      /^--room-tables: 1 video of ARKitScenes, such as 41159521, has no room on the tables \(visit_id\)/,
    ),
  ]);
});
