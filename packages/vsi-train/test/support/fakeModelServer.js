#!/usr/bin/env node
// Stands in for a server with a model of fakeTrainer.js: node fakeModelServer.js MODEL PORT. What it answers depends on
// the model's chain and the question alone; what it is asked is appended to FAKE_TRAINER_LOG.
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";

const [model, port] = process.argv.slice(2);
const chain = readFileSync(join(model, "chain.txt"), "utf8");

const server = createServer(async (request, response) => {
  const reply = (body) => response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  if (request.method === "GET") return reply({ status: "ok" });
  const { messages } = JSON.parse(await text(request));
  const content = messages.at(-1).content;
  const question = content.find(({ type }) => type === "text").text;
  const images = content.filter(({ type }) => type === "image_url").length;
  await wait(Number(process.env.FAKE_SERVER_MS ?? 1));
  // Without images it is vsi-eval, which looks what a prompt alone costs.
  if (images > 0) appendFileSync(process.env.FAKE_TRAINER_LOG, `asked ${chain}: ${question.replaceAll("\n", " ")}\n`);
  const answer = 1 + (createHash("sha256").update(`${chain}\n${question}`).digest()[0] % 4);
  const message = { role: "assistant", content: String(answer) };
  const usage = { prompt_tokens: 20 + 400 * images, completion_tokens: 1, total_tokens: 21 + 400 * images };
  reply({ choices: [{ index: 0, message, finish_reason: "stop" }], usage });
});
server.listen(Number(port), "127.0.0.1");
