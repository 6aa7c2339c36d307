// A reward worker for tests: writes down every request with its process, and pays by the completion's length, so that rewards vary.
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [, , record, dieAfter] = process.argv;
let asked = 0;
for await (const line of createInterface({ input: process.stdin })) {
  asked += 1;
  if (asked > Number(dieAfter ?? Number.POSITIVE_INFINITY)) {
    process.stderr.write("the reward worker of this test gives up\n");
    process.exit(3);
  }
  const request = JSON.parse(line);
  appendFileSync(record, `${JSON.stringify({ process: process.pid, ...request })}\n`);
  const accuracy = (request.completion.length % 7) / 7;
  process.stdout.write(`${JSON.stringify({ total: accuracy, format: null, accuracy, guards: [] })}\n`);
}
