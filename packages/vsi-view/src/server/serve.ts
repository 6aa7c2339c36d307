import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import { UsageError } from "@vsi/command";
import { VsiError } from "@vsi/dataset";
import { checkOptions, checkRecord, FUNCTION, type OptionKinds, WHOLE } from "@vsi/dataset/internal";
import { readData } from "../data/names.ts";
import { openView, VIEW_DEFAULTS, VIEW_KINDS, type View, type ViewOptions } from "../data/view.ts";
import { FRAME_REFUSALS, openFrame } from "./frameFile.ts";
import { contentSecurityPolicy, PAGE_FILES, type PageFile, readPage } from "./pageFiles.ts";

/** How a view is served. */
export interface ServeOptions {
  /** Of the loopback interface; 0 for a free one. */
  port: number;
  /** Told of what could not be answered. */
  onProblem: (message: string) => void;
}

/** What serving takes unless told otherwise. */
export const SERVE_DEFAULTS: ServeOptions = { port: 0, onProblem: () => undefined };

const SERVE_KINDS: OptionKinds<ServeOptions> = { port: WHOLE, onProblem: FUNCTION };

/** A dataset that is being served. */
export interface ServedView {
  /** The page's address, with the token that lets one in. */
  url: string;
  port: number;
  /** The dataset's name, and how much it holds. */
  name: string;
  scenes: number;
  questions: number;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

/**
 * Serves the page and a dataset's data on the loopback interface, to whoever has the address: its first step is a token
 * of 128 bits. Nothing is written.
 *
 * @throws UsageError for a folder that is no dataset or a port that is taken, and as in openView.
 *
 * @example
 * ```js
 * import { serveView } from "vsi-view";
 *
 * const view = await serveView({ folder: "vsi-100k" });
 * const answer = await fetch(`${view.url}data/overview.json`);
 * console.log((await answer.json()).name); // vsi-100k
 * await view.close();
 * ```
 */
export async function serveView(
  options: Partial<ViewOptions> & Pick<ViewOptions, "folder">,
  serveOptions: Partial<ServeOptions> = {},
): Promise<ServedView> {
  checkRecord(options, VIEW_KINDS, "serveView");
  checkOptions(serveOptions, SERVE_KINDS, "serveView");
  const { port, onProblem } = { ...SERVE_DEFAULTS, ...serveOptions };
  const page = await readPage();
  const view = await openView({ ...VIEW_DEFAULTS, ...options });
  const token = randomBytes(16).toString("hex");
  const answers = keptAnswers(view);
  const server = createServer((request, response) => {
    answer(request, response, { token, page, view, answers }).catch((error: unknown) => {
      onProblem(`${request.method} ${request.url?.replace(token, "TOKEN")}: ${messageOf(error)}`);
      if (!response.headersSent) refuse(response, 500, messageOf(error));
      else response.destroy();
    });
  });
  await listen(server, port);
  const bound = (server.address() as AddressInfo).port;
  // Asked for first by every page; a failure shows there.
  answers("overview").catch(() => undefined);
  return {
    url: `http://127.0.0.1:${bound}/${token}/`,
    port: bound,
    name: view.manifest.name,
    scenes: view.index.rowsOfScene.length,
    questions: view.index.table.questions,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") {
        reject(new UsageError(`--port ${port}: another program listens there. Choose another, or leave --port out.`));
      } else if (error.code === "ERR_SOCKET_BAD_PORT") {
        reject(new UsageError(`--port: got ${port}, expected a port from 1 to 65535. Leave it out for a free one.`));
      } else if (error.code === "EACCES") {
        reject(
          new UsageError(`--port ${port}: reserved for the system's administrator. Choose one from 1024 to 65535.`),
        );
      } else reject(error);
    });
    try {
      server.listen(port, "127.0.0.1", resolve);
    } catch (error) {
      server.emit("error", error);
    }
  });
}

interface Served {
  token: string;
  page: ReadonlyMap<PageFile, string>;
  view: View;
  answers: (name: string) => Promise<Answer | null>;
}

/** A name or path is far below; more is nobody's who means well. */
const LONGEST_URL = 2048;

/** localhost at any port: a port that ssh forwards has another number. A name of anybody's domain is a rebound one. */
const OWN_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?$/i;

const LARGEST_PORT = 65_535;

function isOwnHost(host: string): boolean {
  const match = OWN_HOST.exec(host);
  if (match === null) return false;
  const port = Number(match[1] ?? 80);
  return port >= 1 && port <= LARGEST_PORT;
}

async function answer(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  const { method, url = "", headers, rawHeaders } = request;
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;
  if (hosts !== 1 || !isOwnHost(headers.host ?? ""))
    return refuse(response, 403, "Open the address as it was printed.");
  if (method !== "GET" && method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405, "GET and HEAD only.");
  }
  if (url.length > LONGEST_URL) return refuse(response, 414, "This address is too long.");
  const steps = stepsOf(url);
  // The same answer for a wrong token as for a wrong path: a guess learns nothing.
  if (steps === null || !isToken(steps[0] ?? "", served.token)) return refuse(response, 404, NOT_HERE);
  const path = steps.slice(1);
  if (path.length === 0) {
    // The page's own addresses are relative.
    response.setHeader("Location", `/${served.token}/`);
    return refuse(response, 308, "");
  }
  const [first = "", second = "", third = ""] = path;
  const name = first === "" ? "index.html" : first;
  if (path.length === 1 && (PAGE_FILES as readonly string[]).includes(name)) {
    return send(request, response, textAnswer(served.page.get(name as PageFile) ?? "", PAGE_TYPES[name as PageFile]));
  }
  if (path.length === 2 && first === "data") {
    const found = await served.answers(second.replace(/\.json$/, ""));
    return found === null ? refuse(response, 404, NOT_HERE) : send(request, response, found);
  }
  if (path.length === 3 && first === "frames") return sendFrame(request, response, served.view.folder, second, third);
  return refuse(response, 404, NOT_HERE);
}

const NOT_HERE = "There is nothing at this address.";

const PAGE_TYPES: Readonly<Record<PageFile, string>> = {
  "index.html": "text/html; charset=utf-8",
  "page.js": "text/javascript; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
};

/** The steps of an address's path, decoded one by one; null for one that no page of ours asks for. */
function stepsOf(url: string): string[] | null {
  if (!url.startsWith("/")) return null;
  const [path = ""] = url.slice(1).split(/[?#]/, 1);
  try {
    const steps = path.split("/").map(decodeURIComponent);
    return steps.some((step) => step === "." || step === ".." || /[/\\\0]/.test(step)) ? null : steps;
  } catch {
    return null;
  }
}

function isToken(got: string, token: string): boolean {
  // Hashes are of one length, which timingSafeEqual wants.
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(got), hash(token));
}

/** Content to send. */
interface Answer {
  type: string;
  etag: string;
  body: Buffer;
  /** Null for what hardly gets smaller. */
  gzipped: Buffer | null;
}

/** The answers by name; those that stay as they are while one looks are kept as they are sent. */
function keptAnswers(view: View): Served["answers"] {
  const kept = new Map<string, Promise<Answer | null>>();
  return (name) => {
    const found = kept.get(name);
    if (found !== undefined) return found;
    const made = makeAnswer(view, name);
    if (/^(overview|questions|audit|run-\d+)$/.test(name)) {
      kept.set(name, made);
      made.catch(() => kept.delete(name));
    }
    return made;
  };
}

async function makeAnswer(view: View, name: string): Promise<Answer | null> {
  const data = await readData(view, name);
  if (data === null) return null;
  if (data.kind === "json") return jsonAnswer(JSON.stringify(data.value));
  const body = Buffer.from(data.bytes.buffer, data.bytes.byteOffset, data.bytes.byteLength);
  return { type: "application/octet-stream", etag: etagOf(body), body, gzipped: null };
}

const zip = promisify(gzip);

/** On the loopback interface a higher level would cost more than it saves. */
async function jsonAnswer(text: string): Promise<Answer> {
  const body = Buffer.from(text);
  const gzipped = await zip(body, { level: constants.Z_BEST_SPEED });
  return { type: "application/json; charset=utf-8", etag: etagOf(body), body, gzipped };
}

function textAnswer(text: string, type: string): Answer {
  const body = Buffer.from(text);
  return { type, etag: etagOf(body), body, gzipped: null };
}

function etagOf(body: Buffer): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
}

function send(request: IncomingMessage, response: ServerResponse, { type, etag, body, gzipped }: Answer): void {
  const sent = gzipped !== null && takesGzip(request.headers["accept-encoding"]) ? gzipped : body;
  setHeaders(response, type, etag);
  if (gzipped !== null) response.setHeader("Vary", "Accept-Encoding");
  if (request.headers["if-none-match"] === etag) {
    response.statusCode = 304;
    response.end();
    return;
  }
  if (sent === gzipped) response.setHeader("Content-Encoding", "gzip");
  response.setHeader("Content-Length", sent.length);
  response.end(request.method === "HEAD" ? undefined : sent);
}

function takesGzip(accepted: string | string[] | undefined): boolean {
  return String(accepted ?? "")
    .split(",")
    .some((one) => /^\s*gzip\s*(;\s*q=(1|0?\.\d*[1-9]).*)?$/i.test(one));
}

async function sendFrame(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  scene: string,
  name: string,
): Promise<void> {
  const frame = await openFrame(folder, scene, name);
  if (typeof frame === "string") return refuse(response, 404, `frames/${scene}/${name} ${FRAME_REFUSALS[frame]}`);
  try {
    setHeaders(response, frame.type, frame.etag);
    if (request.headers["if-none-match"] === frame.etag) {
      response.statusCode = 304;
      response.end();
      return;
    }
    response.setHeader("Content-Length", frame.size);
    if (request.method === "HEAD" || frame.size === 0) response.end();
    // Whoever looks on turns the page before all frames are there.
    else await pipeline(frame.handle.createReadStream({ end: frame.size - 1 }), response).catch(() => undefined);
  } finally {
    await frame.handle.close();
  }
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  setHeaders(response, "text/plain; charset=utf-8", null);
  response.statusCode = status;
  response.end(reason === "" ? undefined : `${reason}\n`);
}

/** Scans are under terms and the address holds the token: neither is left in a cache, a history of others or a frame. */
function setHeaders(response: ServerResponse, type: string, etag: string | null): void {
  response.setHeader("Content-Type", type);
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("Content-Security-Policy", `${contentSecurityPolicy(true)}; frame-ancestors 'none'`);
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  if (etag !== null) response.setHeader("ETag", etag);
}

/** What a user can be told; anything else is a defect of ours, and its stack goes to the terminal with the rest. */
function messageOf(error: unknown): string {
  if (error instanceof VsiError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
