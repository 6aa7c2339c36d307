import { cp, link, mkdir, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect, createServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runProcess } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { type ServedView, serveView } from "../../src/server/serve.ts";
import { questionsOf, sample } from "../support/sample.ts";

const { raw, dataset } = await sample();
const questions = await questionsOf(dataset);
const work = temporaryFolder();
const folder = join(work, "dataset");
const SECRET = "what nobody may read";
const problems: string[] = [];

let served: ServedView;
/** The page's path, with slashes around. */
let home: string;

beforeAll(async () => {
  await cp(dataset, folder, { recursive: true });
  // Beside the dataset, and links to it from inside.
  await writeFile(join(work, "secret.jpg"), SECRET);
  await mkdir(join(work, "secrets"));
  await writeFile(join(work, "secrets/000000.jpg"), SECRET);
  const frames = join(folder, "frames/scene9000_00");
  await symlink(join(work, "secret.jpg"), join(frames, "link.jpg"));
  await symlink("../../manifest.json", join(frames, "manifest.jpg"));
  await symlink("000000.jpg", join(frames, "inside.jpg"));
  await symlink(join(work, "secrets"), join(folder, "frames/linked_00"));
  await link(join(frames, "000000.jpg"), join(frames, "with space ä.jpg"));
  await mkdir(join(frames, "folder.jpg"));
  await runProcess(["mkfifo", join(frames, "pipe.jpg")]);
  served = await serveView({ folder, scannet: raw }, { onProblem: (message) => problems.push(message) });
  home = new URL(served.url).pathname;
});

afterAll(() => served.close());

interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Asks for a path as it stands, which fetch would tidy up. */
function ask(path: string, options: { method?: string; headers?: Record<string, string | string[]> } = {}) {
  const { method = "GET", headers = {} } = options;
  return new Promise<Answered>((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: served.port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** Sends bytes as they stand, and gives what comes back. */
function send(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(served.port, "127.0.0.1", () => socket.end(text));
    let got = "";
    socket.setEncoding("latin1").on("data", (chunk) => {
      got += chunk;
    });
    socket.on("end", () => resolve(got));
    socket.on("error", reject);
  });
}

const jsonOf = async (name: string) => JSON.parse((await ask(`${home}data/${name}.json`)).body.toString());

describe("the page and its data", () => {
  test("are below one step that nobody guesses", async () => {
    expect(home).toMatch(/^\/[0-9a-f]{32}\/$/);
    const other = await serveView({ folder });
    await other.close();
    expect(new URL(other.url).pathname).not.toBe(home);
    const page = await ask(home);
    expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.body.toString()).toContain('data-source="server"');
    expect((await ask(home.slice(0, -1))).headers.location).toBe(home);
    expect((await ask(`${home}page.js`)).headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect((await ask(`${home}page.css`)).headers["content-type"]).toBe("text/css; charset=utf-8");
  });

  test("has every question, a scene, a mesh and a frame", async () => {
    expect((await jsonOf("questions")).id.slice(0, questions.length)).toEqual(questions.map(({ id }) => id));
    expect((await jsonOf("scene-1")).facts.scene_name).toBe("scene9001_00");
    const mesh = await ask(`${home}data/mesh-0`);
    expect([mesh.headers["content-type"], mesh.body.subarray(0, 12).toString()]).toEqual([
      "application/octet-stream",
      '{"vertices":',
    ]);
    const frame = await ask(`${home}frames/scene9000_00/000000.jpg`);
    expect([frame.status, frame.headers["content-type"], frame.body.subarray(0, 2).toString("hex")]).toEqual([
      200,
      "image/jpeg",
      "ffd8",
    ]);
    const spaced = await ask(`${home}frames/scene9000_00/${encodeURIComponent("with space ä.jpg")}`);
    expect(spaced.body).toEqual(frame.body);
  });

  test("JSON is zipped for whoever takes that, and only then", async () => {
    const plain = await ask(`${home}data/questions.json`);
    const zipped = await ask(`${home}data/questions.json`, { headers: { "accept-encoding": "br;q=1, gzip;q=0.5" } });
    expect([plain.headers["content-encoding"], zipped.headers["content-encoding"]]).toEqual([undefined, "gzip"]);
    expect(gunzipSync(zipped.body)).toEqual(plain.body);
    expect(zipped.body.length).toBeLessThan(plain.body.length / 2);
    const refused = await ask(`${home}data/questions.json`, { headers: { "accept-encoding": "gzip;q=0" } });
    expect(refused.headers["content-encoding"]).toBeUndefined();
  });

  test("whoever has it already is told so", async () => {
    for (const path of [`${home}data/overview.json`, `${home}frames/scene9000_00/000000.jpg`]) {
      const { headers } = await ask(path);
      const again = await ask(path, { headers: { "if-none-match": String(headers.etag) } });
      expect([again.status, again.body.length]).toEqual([304, 0]);
    }
  });

  test("HEAD has the headers alone", async () => {
    for (const path of [home, `${home}data/questions.json`, `${home}frames/scene9000_00/000000.jpg`]) {
      const [head, whole] = [await ask(path, { method: "HEAD" }), await ask(path)];
      expect([head.status, head.body.length]).toEqual([200, 0]);
      expect(head.headers["content-length"]).toBe(String(whole.body.length));
    }
  });

  test("nothing of the dataset is changed by looking at it", async () => {
    await jsonOf("overview");
    await jsonOf("scene-0");
    const { "frames/scene9000_00/with space ä.jpg": _, ...content } = await folderContent(folder);
    expect(content).toEqual(await folderContent(dataset));
  });
});

describe("attacks", () => {
  const STRICT = {
    "cache-control": "no-store",
    "content-security-policy": expect.stringMatching(/^default-src 'none'; script-src 'self'; style-src 'self';/),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };

  test.each([
    "evil.example",
    "evil.example:80",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "localhost@evil.example",
    "0.0.0.0",
    "[::]",
    "192.168.0.1",
    "127.0.0.1:80:80",
    "localhost:99999",
    "localhost:65536",
    "localhost:0",
    "127.0.0.1:00000",
  ])("the Host %j, as a rebound name has it, is refused", async (host) => {
    const { status, headers, body } = await ask(`${home}data/questions.json`, { headers: { host } });
    expect(status).toBe(403);
    expect(headers).toMatchObject(STRICT);
    expect(body.toString()).not.toContain(questions[0].question);
  });

  test.each(["localhost", "localhost:8123", "localhost:65535", "LOCALHOST:1", "127.0.0.1", "[::1]:8888"])(
    "the Host %j, as a forwarded port has it, is taken",
    async (host) => {
      expect((await ask(home, { headers: { host } })).status).toBe(200);
    },
  );

  test("no Host, or two, is no answer", async () => {
    expect(await send(`GET ${home} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1.1 403/);
    expect(await send(`GET ${home} HTTP/1.1\r\n\r\n`)).toMatch(/^HTTP\/1.1 400/);
    expect(
      await send(`GET ${home} HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n`),
    ).toMatch(/^HTTP\/1.1 (400|403)/);
  });

  test("a wrong token is answered as a wrong path is", async () => {
    const token = home.slice(1, -1);
    const wrong = [
      "/",
      "//",
      "/page.js",
      "/data/questions.json",
      `/${token.slice(0, -1)}/`,
      `/${token}0/`,
      `/${token.toUpperCase()}x/`,
      `/${"0".repeat(32)}/data/questions.json`,
      `/${token}%00/`,
      `/x${home}`,
    ];
    const nothing = await ask(`${home}nothing`);
    expect(nothing.status).toBe(404);
    for (const path of wrong) {
      const { status, body, headers } = await ask(path);
      expect({ path, status, body: body.toString() }).toEqual({ path, status: 404, body: nothing.body.toString() });
      expect(headers).toMatchObject(STRICT);
    }
  });

  test.each([
    "../secret.jpg",
    "frames/../../secret.jpg",
    "frames/../secret.jpg",
    "frames/%2e%2e/secret.jpg",
    "frames/%2E%2E/%2e%2e/secret.jpg",
    "frames/..%2f..%2fsecret.jpg",
    "frames/scene9000_00/..%2f..%2f..%2fsecret.jpg",
    "frames/scene9000_00/%2fetc%2fpasswd",
    "frames/scene9000_00/..%5c..%5c..%5csecret.jpg",
    "frames/scene9000_00/000000.jpg%00.png",
    "frames/scene9000_00/%ff%fe.jpg",
    "frames/scene9000_00/%c0%ae%c0%ae/secret.jpg",
    "frames//scene9000_00/000000.jpg",
    "frames/scene9000_00/000000.jpg/",
    "frames/scene9000_00/",
    "frames/scene9000_00/link.jpg",
    "frames/scene9000_00/manifest.jpg",
    "frames/scene9000_00/folder.jpg",
    "frames/scene9000_00/pipe.jpg",
    "frames/linked_00/000000.jpg",
    "frames/scene9000_00/../scene9000_00/000000.jpg",
    "manifest.json",
    "scenes/scene9000_00.json",
    "data/../manifest.json",
    "data/train.jsonl",
    "data/scene-99.json",
    "data/mesh-99",
    "data/__proto__.json",
    "data/constructor",
    "dist/main.js",
    "page.js.map",
    "index.html/",
  ])("%s leads nowhere", async (path) => {
    const { status, body, headers } = await ask(home + path);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain(SECRET);
    expect(headers).toMatchObject(STRICT);
  });

  test("a frame that is not sent is told why, in words for whoever downloaded the dataset", async () => {
    await symlink("/nowhere/disk2/000000.jpg", join(folder, "frames/scene9000_00/unmounted.jpg"));
    const told: [path: string, why: RegExp][] = [
      ["scene9000_00/link.jpg", /^frames.scene9000_00.link.jpg is a link that leads out .*cp -rL/],
      ["linked_00/000000.jpg", /is a link that leads out/],
      ["scene9000_00/unmounted.jpg", /is a link that leads out/],
      ["scene9000_00/pipe.jpg", /is a folder, pipe or device, expected an image/],
      ["scene9000_00/folder.jpg", /is a folder, pipe or device/],
      ["scene9000_00/nothing.jpg", /is not in the dataset/],
    ];
    for (const [path, why] of told) {
      const { status, body } = await ask(`${home}frames/${path}`);
      expect([status, body.toString()]).toEqual([404, expect.stringMatching(why)]);
    }
  });

  test("a link that stays in the frames is followed", async () => {
    expect((await ask(`${home}frames/scene9000_00/inside.jpg`)).status).toBe(200);
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])("%s is refused", async (method) => {
    const { status, headers } = await ask(home, { method });
    expect([status, headers.allow]).toEqual([405, "GET, HEAD"]);
  });

  test("an endless address, endless headers and an address of another server are refused", async () => {
    expect((await ask(`${home}${"a".repeat(4000)}`)).status).toBe(414);
    expect((await ask(home, { headers: { cookie: "a".repeat(100_000) } }).catch(() => ({ status: 431 }))).status).toBe(
      431,
    );
    const absolute = await send(
      `GET http://evil.example${home} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(absolute).toMatch(/^HTTP\/1.1 404/);
  });

  test("nothing of that was a failure of ours", () => {
    expect(problems).toEqual([]);
  });
});

describe("who can connect", () => {
  const isReached = (host: string) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ port: served.port, host, timeout: 1000 });
      const end = (reached: boolean) => {
        socket.destroy();
        resolve(reached);
      };
      socket.on("connect", () => end(true));
      socket.on("timeout", () => end(false));
      socket.on("error", () => end(false));
    });

  test("this machine, by the loopback interface alone", async () => {
    expect(await isReached("127.0.0.1")).toBe(true);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, address }) => !internal && !address.startsWith("fe80"))
      .map(({ address }) => address);
    for (const host of ["::1", ...others]) expect([host, await isReached(host)]).toEqual([host, false]);
  });

  test("a port that is taken is named", async () => {
    const holder = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
    });
    const { port } = holder.address() as { port: number };
    await expect(serveView({ folder }, { port })).rejects.toThrow(`--port ${port}: another program listens there`);
    await new Promise((resolve) => holder.close(resolve));
  });

  test.each([99_999, 65_536])("port %i is none", async (port) => {
    await expect(serveView({ folder }, { port })).rejects.toThrow("expected a port from 1 to 65535. Leave it out");
  });
});

test("what fails is answered in words, and told to whoever serves", async () => {
  const told: string[] = [];
  const broken = join(work, "broken");
  await cp(dataset, broken, { recursive: true, filter: (path) => !path.includes("frames") });
  const other = await serveView({ folder: broken }, { onProblem: (message) => told.push(message) });
  try {
    await fetch(`${other.url}data/overview.json`);
    await writeFile(join(broken, "scenes/scene9001_00.json"), "{");
    const answer = await fetch(`${other.url}data/scene-1.json`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([500, "text/plain; charset=utf-8"]);
    expect(await answer.text()).toContain("scenes/scene9001_00.json: got");
    expect(told).toEqual([expect.stringContaining("GET /TOKEN/data/scene-1.json: scenes/scene9001_00.json")]);
  } finally {
    await other.close();
  }
});

/** Each of the threads that read files would wait for a writer: four pipes, and nothing is read any more. */
const THREADS = 4;

test("pipes that take the place of files meanwhile are refused at once, and all else is still answered", async () => {
  const swapped = join(work, "swapped");
  await cp(dataset, swapped, { recursive: true });
  const other = await serveView({ folder: swapped, scannet: raw });
  const isUp = async () => (await fetch(`${other.url}frames/scene9002_00/000000.jpg`)).status;
  try {
    await fetch(`${other.url}data/overview.json`);
    const files = ["scenes/scene9000_00.json", "frames/scene9000_00/000000.jpg", "data/train.jsonl"];
    for (const file of files) {
      await rename(join(swapped, file), join(work, "moved"));
      await runProcess(["mkfifo", join(swapped, file)]);
      const asked = file.startsWith("frames/") ? file : "data/scene-0.json";
      const answers = await Promise.all(Array.from({ length: THREADS + 1 }, () => fetch(other.url + asked)));
      for (const answer of answers) {
        expect([file, answer.ok, await answer.text()]).toEqual([file, false, expect.stringMatching(/pipe/)]);
      }
      expect([file, await isUp()]).toEqual([file, 200]);
      await rm(join(swapped, file));
      await rename(join(work, "moved"), join(swapped, file));
    }
    expect((await fetch(`${other.url}data/scene-0.json`)).status).toBe(200);
  } finally {
    await other.close();
  }
});

test("facts that are longer than any text are refused before they are read", async () => {
  const large = join(work, "large");
  await cp(dataset, large, { recursive: true, filter: (path) => !path.includes("frames") });
  const other = await serveView({ folder: large });
  try {
    await fetch(`${other.url}data/overview.json`);
    await truncate(join(large, "scenes/scene9000_00.json"), 2 ** 33);
    const answer = await fetch(`${other.url}data/scene-0.json`);
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining("got 8589934592 bytes")]);
  } finally {
    await other.close();
  }
});
