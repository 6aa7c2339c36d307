import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { DatasetError, type Question } from "@vsi/dataset";
import { temporaryFolder } from "@vsi/testing/folders";
import sharp from "sharp";
import {
  checkFrames,
  LARGEST_FRAME_PIXELS,
  readTrainingSet,
  type TrainingSetOptions,
} from "../../src/rows/trainingSet.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";
import { writeDataset } from "../support/writeDataset.ts";

const root = temporaryFolder();

test("the limit is Pillow's own", () => {
  // PIL/Image.py: MAX_IMAGE_PIXELS = int(1024 * 1024 * 1024 // 4 // 3)
  expect(LARGEST_FRAME_PIXELS).toBe(89_478_485);
});

test("a frame that many questions show is named with the first of them", async () => {
  const folder = await writeDataset(root, { train: [makeQuestion()] });
  const there = join(folder, "frames", "scene9000_00", "000000.jpg");
  const missing = join(folder, "frames", "scene9000_00", "missing.jpg");
  const entry = (line: number, images: string[]) => ({ question: makeQuestion(), file: "train.jsonl", line, images });
  await checkFrames([entry(1, [there]), entry(2, [there, there])]);
  await expect(checkFrames([entry(1, [there]), entry(7, [missing]), entry(8, [missing])])).rejects.toThrow(
    `train.jsonl: line 7, /frames: got no file: ${missing}, expected the frame.`,
  );
  await checkFrames([]);
});

let datasets = 0;

async function dataset(questions: readonly Question[]): Promise<TrainingSetOptions> {
  datasets++;
  const folder = await writeDataset(join(root, `dataset${datasets}`), { train: questions });
  return { folder, split: "train", types: null, limit: null, frames: 16, seed: 0 };
}

/** Questions enough to draw from; their ids tell them apart. */
const MANY = Array.from({ length: 60 }, (_, index) => {
  return makeQuestion({ id: index.toString(16).padStart(16, "0"), scene_name: `scene90${10 + (index % 3)}_00` });
});

async function failure(options: TrainingSetOptions): Promise<DatasetError> {
  const error = await readTrainingSet(options).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(DatasetError);
  return error as DatasetError;
}

describe("the questions of a dataset folder", () => {
  test("come in the file's order, with line and frames", async () => {
    const options = await dataset(VSI_100K_QUESTIONS);
    const read = await readTrainingSet(options);
    expect(read.map(({ question }) => question)).toEqual(VSI_100K_QUESTIONS);
    expect(read.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(read[0]!.images).toEqual([join(options.folder, "frames", "scene9000_00", "000000.jpg")]);
  });

  test.each([
    [{ question: "Is the <|image_pad|> left of the sofa?" }, "/question: got the text <|image_pad|>"],
    [{ options: ["A. chair", "B. <|vision_start|>"], mc_answer: "A" }, "/options: got the text <|vision_start|>"],
    [{ ground_truth: "<|im_end|>" }, "/ground_truth: got the text <|im_end|>"],
  ])("text that a tokenizer reads as a control token is named with its line: %j", async (part, message) => {
    const fine = makeQuestion({ question: "How many <tables> | or |chairs|?" });
    const options = await dataset([fine, makeQuestion(part)]);
    const { detail, code } = await failure(options);
    expect([code, `${detail.place}: got ${detail.got}`]).toEqual(["question-special-token", `line 2, ${message}`]);
  });

  test("only of the types asked for, and no more frames than asked for", async () => {
    const frames = ["0.jpg", "1.jpg", "2.jpg", "3.jpg", "4.jpg"];
    const options = await dataset(VSI_100K_QUESTIONS.map((question) => ({ ...question, frames })));
    const read = await readTrainingSet({ ...options, types: ["object_counting", "room_size_estimation"], frames: 3 });
    expect(read.map(({ question }) => question.question_type)).toEqual(["object_counting", "room_size_estimation"]);
    expect(read[1]!.images.map((image) => image.slice(-5))).toEqual(["0.jpg", "2.jpg", "4.jpg"]);
  });

  test("a limit draws by the seed, from all scenes, in the file's order; a smaller one takes some of the same", async () => {
    const options = await dataset(MANY);
    const idsOf = async (limit: number, seed: number): Promise<string[]> =>
      (await readTrainingSet({ ...options, limit, seed })).map(({ question }) => question.id);
    const twenty = await idsOf(20, 1);
    expect(twenty).toHaveLength(20);
    expect(twenty).toEqual([...twenty].sort());
    expect(await idsOf(20, 1)).toEqual(twenty);
    expect(await idsOf(20, 2)).not.toEqual(twenty);
    expect(twenty).toEqual(expect.arrayContaining(await idsOf(5, 1)));
    const scenes = (await readTrainingSet({ ...options, limit: 20, seed: 1 })).map(
      ({ question }) => question.scene_name,
    );
    expect(new Set(scenes).size).toBe(3);
  });
});

describe("stops with file and line", () => {
  test("where a line is not JSON", async () => {
    const options = await dataset([]);
    const good = JSON.stringify(makeQuestion());
    await writeFile(join(options.folder, "data", "train.jsonl"), `${good}\n${good.slice(0, 40)}\n`);
    expect(await failure(options)).toMatchObject({ code: "jsonl-syntax", detail: { place: "line 2" } });
  });

  test("where a type is unknown", async () => {
    const strange = { ...makeQuestion(), question_type: "object_colour" } as unknown as Question;
    const error = await failure(await dataset([makeQuestion(), strange]));
    expect(error).toMatchObject({ code: "question-schema", detail: { place: "line 2, /question_type" } });
    expect(error.message).toContain("object_colour");
  });

  test("where there are no frames", async () => {
    const error = await failure(await dataset([makeQuestion(), makeQuestion({ frames: [] })]));
    expect(error).toMatchObject({ code: "question-without-frames", detail: { place: "line 2, /frames" } });
    expect(error.message).toContain("vsi-build --frames");
  });

  test.each(["../secret.jpg", "/etc/passwd", "..", "a\\b.jpg"])("where a frame is called %s", async (name) => {
    const options = await dataset([]);
    await writeFile(
      join(options.folder, "data", "train.jsonl"),
      `${JSON.stringify(makeQuestion({ frames: [name] }))}\n`,
    );
    expect(await failure(options)).toMatchObject({ code: "frame-name", detail: { place: "line 1, /frames" } });
  });

  test("where frames are missing: the first line that shows one, and how many more", async () => {
    const options = await dataset([makeQuestion(), makeQuestion({ frames: ["b.jpg", "c.jpg"] }), makeQuestion()]);
    const folder = join(options.folder, "frames", "scene9000_00");
    await rm(join(folder, "b.jpg"));
    await rm(join(folder, "c.jpg"));
    const error = await failure(options);
    expect(error).toMatchObject({ code: "frame-missing", detail: { place: "line 2, /frames" } });
    expect(error.message).toContain(`${join(folder, "b.jpg")} (and 1 other frames)`);
  });

  test("where a frame is no image", async () => {
    const options = await dataset([makeQuestion()]);
    await writeFile(join(options.folder, "frames", "scene9000_00", "000000.jpg"), "not a picture");
    expect(await failure(options)).toMatchObject({ code: "frame-unreadable", detail: { place: "line 1, /frames" } });
  });

  test("where a frame is cut or its pixels are damaged, though its header is good", async () => {
    const options = await dataset([makeQuestion()]);
    const path = join(options.folder, "frames", "scene9000_00", "000000.jpg");
    const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, place) => (place * place) % 251));
    const whole = await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
      .jpeg()
      .toBuffer();
    await writeFile(path, whole);
    expect(await readTrainingSet(options)).toHaveLength(1);
    const cut = whole.subarray(0, whole.length >> 1);
    for (const damaged of [cut, Buffer.concat([cut, whole.subarray(-2)])]) {
      await writeFile(path, damaged);
      const error = await failure(options);
      expect(error).toMatchObject({ code: "frame-unreadable", detail: { place: "line 1, /frames" } });
      expect(error.message).toContain(path);
    }
  });

  test("where a frame is larger than the pixel limit, by its header alone", async () => {
    const options = await dataset([makeQuestion()]);
    await writeFile(join(options.folder, "frames", "scene9000_00", "000000.jpg"), pngHeader(10_000, 9000));
    const error = await failure(options);
    expect(error).toMatchObject({ code: "frame-too-large", detail: { place: "line 1, /frames" } });
    expect(error.message).toContain("10000 x 9000");
  });

  test("where the file is empty, is not there, or holds none of the types", async () => {
    expect(await failure(await dataset([]))).toMatchObject({ code: "dataset-empty" });
    await mkdir(join(root, "nothing"), { recursive: true });
    expect(await failure({ ...(await dataset([])), folder: join(root, "nothing") })).toMatchObject({
      code: "file-missing",
    });
    const error = await failure({ ...(await dataset([makeQuestion()])), types: ["route_planning"] });
    expect(error.message).toContain("no questions of type route_planning, only object_counting");
  });
});

/**
 * A PNG's signature and header chunk, and the beginning of its data: what a reader of headers wants (PNG specification,
 * section 11.2).
 */
function pngHeader(width: number, height: number): Uint8Array {
  const crc = (bytes: Buffer): number => {
    let value = -1;
    for (const byte of bytes) {
      value ^= byte;
      for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
    }
    return ~value >>> 0;
  };
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", Buffer.from([0x78])),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
