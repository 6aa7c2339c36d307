import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

/** What came back, whatever its status. */
export interface HttpAnswer {
  status: number;
  /** Lower-case header "retry-after" as it came; null without. */
  retryAfter: string | null;
  /** "" without the header. */
  contentType: string;
  body: string;
}

/** 16 MiB: an answer of 100,000 tokens is below 1 MB; stops a server that never ends from filling the memory. */
const LONGEST_BODY = 16 * 1024 * 1024;

/**
 * Sends JSON and waits for the whole answer. Not `fetch`, which gives up after 300 seconds without headers (a busy
 * server may take longer) and follows redirects with the key in hand.
 *
 * @param key sent as a bearer token; null for none.
 * @throws Node's own error when the connection can't be made or is cut, and the signal's AbortError.
 */
export async function postJson(url: URL, body: string, key: string | null, signal: AbortSignal): Promise<HttpAnswer> {
  return exchange(url, body, key, signal);
}

/**
 * Asks for what stands at an address, as postJson does.
 *
 * @throws as postJson.
 */
export async function getJson(url: URL, key: string | null, signal: AbortSignal): Promise<HttpAnswer> {
  return exchange(url, null, key, signal);
}

/** @param body null for a GET. */
async function exchange(url: URL, body: string | null, key: string | null, signal: AbortSignal): Promise<HttpAnswer> {
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: body === null ? "GET" : "POST",
      signal,
      headers: {
        ...(body === null ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
        accept: "application/json",
        // Some proxies compress for whoever does not say no.
        "accept-encoding": "identity",
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
    });
    request.once("error", reject);
    request.once("response", (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > LONGEST_BODY) response.destroy(new Error(`an answer of over ${LONGEST_BODY} bytes`));
      });
      response.once("error", reject);
      response.once("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers["retry-after"] ?? null,
          contentType: response.headers["content-type"] ?? "",
          body: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    request.end(body ?? undefined);
  });
}
