import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { at } from "@vsi/dataset/internal";

/** A chat request as the server understood it. */
export interface ReceivedRequest {
  /** The text part. */
  text: string;
  /** The data URLs, in their order. */
  images: string[];
  authorization: string | null;
  /** The whole body. */
  body: Record<string, unknown>;
  /** How often this text came with images before: 0 for the first time. */
  before: number;
}

/** What the server does with a request. */
export type Reply =
  | {
      answer: string;
      reasoning?: string;
      finishReason?: string;
      usage?: "counted" | "without-images" | "missing";
      delay?: number;
    }
  | { status: number; headers?: Record<string, string>; body?: string }
  | { cut: "before-headers" | "in-body" };

/** A chat server on 127.0.0.1 that keeps a log of its own: what the client claims is held against it. */
export interface OpenAiServer {
  baseUrl: string;
  /** Every request, in the order they came. */
  received: ReceivedRequest[];
  /** Texts of the questions (requests with images) that were answered completely, in order. */
  answered: string[];
  /** The most requests that were in work at one time. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

/** Tokens of the text and of each image, as the server counts them. */
const TEXT_TOKENS = 20;
const IMAGE_TOKENS = 6;

/** A server that answers as `behave` says. */
export async function startOpenAiServer(behave: (request: ReceivedRequest) => Reply): Promise<OpenAiServer> {
  const received: ReceivedRequest[] = [];
  const answered: string[] = [];
  let inWork = 0;
  let mostAtOnce = 0;

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    // What a run looks for before it asks; not among the questions.
    if (incoming.method === "GET" && incoming.url === "/v1/models") {
      response.writeHead(200, { "content-type": "application/json" }).end('{"object":"list","data":[]}');
      return;
    }
    const request = readRequest(await textOf(incoming), incoming, received);
    received.push(request);
    if (incoming.method !== "POST" || incoming.url !== "/v1/chat/completions") {
      response.writeHead(404).end('{"detail":"Not Found"}');
      return;
    }
    await reply(request, behave(request), response, answered);
  };

  const server = createServer((incoming, response) => {
    inWork += 1;
    mostAtOnce = Math.max(mostAtOnce, inWork);
    response.once("close", () => {
      inWork -= 1;
    });
    handle(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    received,
    answered,
    mostAtOnce: () => mostAtOnce,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function reply(
  request: ReceivedRequest,
  chosen: Reply,
  response: ServerResponse,
  answered: string[],
): Promise<void> {
  if ("cut" in chosen) {
    if (chosen.cut === "in-body") {
      response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
      response.write('{"choices": [{"message": {"content": "4');
      await sleep(20);
    }
    response.destroy();
    return;
  }
  if ("status" in chosen) {
    response.writeHead(chosen.status, { "content-type": "text/plain", ...chosen.headers }).end(chosen.body ?? "");
    return;
  }
  // A test that ends sooner is not kept waiting.
  await sleep(chosen.delay ?? 0, undefined, { ref: false });
  const images = chosen.usage === "without-images" ? 0 : request.images.length;
  const usage = { prompt_tokens: TEXT_TOKENS + IMAGE_TOKENS * images, completion_tokens: 1 };
  const message = { role: "assistant", content: chosen.answer, reasoning_content: chosen.reasoning };
  const body = JSON.stringify({
    choices: [{ index: 0, message, finish_reason: chosen.finishReason ?? "stop" }],
    ...(chosen.usage === "missing" ? {} : { usage }),
  });
  // Noted before the answer is out: whoever saw it must find it in the log.
  if (request.images.length > 0 && !response.destroyed) answered.push(request.text);
  response.writeHead(200, { "content-type": "application/json" }).end(body);
}

function readRequest(body: string, incoming: IncomingMessage, received: readonly ReceivedRequest[]): ReceivedRequest {
  const parsed = JSON.parse(body) as {
    messages: { content: { type: string; text?: string; image_url?: { url: string } }[] }[];
  };
  const parts = at(parsed.messages, 0).content;
  const text = parts.find((part) => part.type === "text")!.text!;
  return {
    text,
    images: parts.flatMap((part) => part.image_url?.url ?? []),
    authorization: incoming.headers.authorization ?? null,
    body: parsed as unknown as Record<string, unknown>,
    before: received.filter((request) => request.text === text && request.images.length > 0).length,
  };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
