import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { readExcludeList } from "../../src/scans/lists.ts";
import { excludedBy } from "../../src/scans/source.ts";

const folder = temporaryFolder();

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe("readExcludeList", () => {
  test("names, lists and published facts all give names", async () => {
    const list = await file("list.txt", "\uFEFFscene0001_00 # bright\r\n\n41069021\n");
    const facts = await file("facts.json", '{"scene0002_00": {"room_size": 3}, "42444946": {}}');
    expect(await readExcludeList(["scene0000", list, facts, "scene0000"])).toEqual([
      "41069021",
      "42444946",
      "scene0000",
      "scene0001_00",
      "scene0002_00",
    ]);
  });

  test("a list from PowerShell's > (UTF-16) and paths of Windows are read like any other", async () => {
    const path = join(folder, "utf16.txt");
    await writeFile(path, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("scene0001_00\r\n", "utf16le")]));
    expect(await readExcludeList([path, await file("win.txt", "videos\\scene0002_00.mp4\r\n")])).toEqual([
      "scene0001_00",
      "scene0002_00",
    ]);
  });

  test("a single record without a scene's name once gave its fields' names; numbers are names of ARKitScenes", async () => {
    const numbered = await file("numbered.jsonl", '{"id": 0, "scene_name": 41069025}\n');
    expect(await readExcludeList([numbered])).toEqual(["41069025"]);
    const nameless = await file("nameless.jsonl", '{"id": 0, "question": "?"}\n');
    await expect(readExcludeList([nameless])).rejects.toThrow(/record 1: got no scene, expected one of the fields/);
  });

  test("names exclude in any case", () => {
    expect(["SCENE0001_01", "Office", "scene0002_00"].filter(excludedBy(["scene0001_00", "OFFICE"]))).toEqual([
      "SCENE0001_01",
      "Office",
    ]);
  });

  test("videos, dataset and scene, and paths of them, as values and as lines", async () => {
    const list = await file(
      "videos.txt",
      "scannet/scene0003_00.mp4\nvideos/arkitscenes/42444949.MP4\nscene0004_01.mp4\n",
    );
    expect(await readExcludeList(["scannetpp/0d2ee665be", "arkitscenes/41069025.mp4", list])).toEqual([
      "0d2ee665be",
      "41069025",
      "42444949",
      "scene0003_00",
      "scene0004_01",
    ]);
  });

  test("a benchmark's JSON lines, ReVSI's list and lists of names give their scenes", async () => {
    const lines = await file(
      "test.jsonl",
      '{"id": 0, "dataset": "arkitscenes", "scene_name": "41069025"}\n\n{"id": 1, "scene_id": "scene0005_00"}\n{"video": "32_frame/0d2ee665be.mp4"}\n',
    );
    const one = await file("one.jsonl", '{"scene_name": "scene0009_00", "question": "?"}\n');
    const revsi = await file("3d_annotation.json", '[{"scene_id": "scene0006_00", "objects": []}]');
    const names = await file("names.json", '["scene0007_00", "scannet/scene0008_00.mp4"]');
    expect(await readExcludeList([lines, one, revsi, names])).toEqual([
      "0d2ee665be",
      "41069025",
      "scene0005_00",
      "scene0006_00",
      "scene0007_00",
      "scene0008_00",
      "scene0009_00",
    ]);
    await expect(readExcludeList([await file("no.jsonl", '{"scene_name": "a"}\n{"id": 1}\n')])).rejects.toThrow(
      "no.jsonl: record 2: got no scene, expected one of the fields scene_name, scene_id",
    );
    await expect(
      readExcludeList([await file("out.jsonl", '{"scene_name": "../a b"}\n{"scene_name": "a"}')]),
    ).rejects.toThrow('out.jsonl: record 1: got "../a b"');
  });

  test("regression: Apple's table of ARKitScenes was refused, though a warning named it: its Validation fold is left out", async () => {
    const apple = await file(
      "3dod_train_val_splits.csv",
      "video_id,visit_id,fold\n1,10,Training\n2,20.0,Validation\n3,20,Training\n4,NA,Training\n5,NA,Validation\n6,10,Training\n",
    );
    // 3 shows the room of 2; of rooms that are not known nothing follows.
    expect(await readExcludeList([apple])).toEqual(["2", "3", "5"]);
    expect(await readExcludeList(["arkitscenes/1.mp4", apple])).toEqual(["1", "2", "3", "5", "6"]);
    // Regression: names and rooms that a table writes in another case were others.
    const own = await file(
      "own.csv",
      "scene,room,fold\nOffice_1,North,Training\nOffice_2,north,Training\nHall,,Validation\n",
    );
    expect(await readExcludeList(["office_1", own])).toEqual(["Hall", "Office_1", "Office_2", "office_1"]);
  });

  test("a benchmark's table gives its scenes, whatever its questions hold; a bad cell is named with its line", async () => {
    const csv = await file(
      "bench.csv",
      'ID,Scene_Name,question\r\n1,scene0000_00,"a ""b"", or\r\nc"\r\n\r\n2,scannet/scene0011_00.mp4,d\r\n',
    );
    expect(await readExcludeList([csv, await file("b.tsv", "video\tx\n41069025.mp4\t1\n")])).toEqual([
      "41069025",
      "scene0000_00",
      "scene0011_00",
    ]);
    // No quote, and no line break of an old Mac, ends a table early: what is not read would be trained on.
    const odd = await file("odd.csv", 'question,scene_name\n"x"y,scene0000_00\r"z,scene0001_00\n');
    expect(await readExcludeList([odd])).toEqual(["scene0000_00", "scene0001_00"]);
    const bad = await file("bad.csv", 'question,scene_name\n"x\ny",scene0000_00\nz,a b\n');
    await expect(readExcludeList([bad])).rejects.toThrow('bad.csv: line 4: got "a b", expected a scene\'s name');
  });

  test("regression: a video that is there was read as a list of names", async () => {
    expect(await readExcludeList([await file("41069025.mp4", "no text"), "my videos/scene0001_00.MP4"])).toEqual([
      "41069025",
      "scene0001_00",
    ]);
  });

  test("what can't be read is named with its line", async () => {
    await expect(readExcludeList(["./none.txt"])).rejects.toThrow(
      "--exclude ./none.txt: got no such file, expected a scan or room",
    );
    await expect(readExcludeList([await file("bad.txt", "scene0000_00\nan apple\n")])).rejects.toThrow(
      'line 2: got "an apple"',
    );
    await expect(readExcludeList([await file("cut.json", '{"scene0000_00": ')])).rejects.toThrow("not JSON");
    await expect(readExcludeList([await file("empty.txt", "# nothing\n")])).rejects.toThrow("holds no name");
  });
});

describe("excludedBy", () => {
  test("a scan takes its room's other scans with it, and no others", () => {
    const isExcluded = excludedBy(["scene0001_00", "scene0002", "41069021"]);
    for (const name of ["scene0001_00", "scene0001_02", "scene0002_00", "41069021"]) {
      expect(isExcluded(name)).toBe(true);
    }
    for (const name of ["scene0010_00", "scene0003_00", "41069022"]) expect(isExcluded(name)).toBe(false);
  });
});
