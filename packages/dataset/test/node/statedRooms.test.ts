import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { readStatedRooms } from "../../src/node/statedRooms.ts";

const folder = temporaryFolder();
const inputs = { scans_read: 6, scans_skipped: {} };

test("reads what scenes say of their rooms; damaged files, and fields of another kind, say nothing", async () => {
  const scenes = {
    a: { physical_room: "office", room_split: "test", dataset: "own" },
    b: { physical_room: "office" },
    c: { room_split: "validation" },
    d: { dataset: "own" },
    e: { physical_room: 3, room_split: "val" },
  };
  await mkdir(join(folder, "scenes", "sub.json"), { recursive: true });
  for (const [name, facts] of Object.entries(scenes)) {
    await writeFile(join(folder, "scenes", `${name}.json`), JSON.stringify(facts));
  }
  await writeFile(join(folder, "scenes", "f.json"), '{"physical_room": "off');
  await writeFile(join(folder, "scenes", "._a.json"), JSON.stringify(scenes.a));
  const rooms = await readStatedRooms(folder, { inputs: { ...inputs, scenes_on_room_tables: 3 } });
  expect(Object.fromEntries(rooms)).toEqual({
    a: { physical_room: "office", room_split: "test" },
    b: { physical_room: "office" },
    c: { room_split: "validation" },
  });
  // No scene is read where the manifest says that none has anything to say.
  expect((await readStatedRooms(folder, { inputs })).size).toBe(0);
});
