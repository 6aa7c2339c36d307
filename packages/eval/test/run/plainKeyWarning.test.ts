import { describe, expect, test } from "@jest/globals";
import { plainKeyWarning } from "../../src/run/plainKeyWarning.ts";

const KEY = "sk-made-up-for-this-test";

describe("plainKeyWarning", () => {
  test.each([
    "http://10.0.0.5:8000/v1",
    "http://gpu.example/v1",
    "http://127.0.0.1.example/v1",
    "http://localhost.example/v1",
    "http://[2001:db8::1]:8000/v1",
  ])("%s is warned of, without the key", (baseUrl) => {
    expect(plainKeyWarning(baseUrl, KEY)).toContain(new URL(baseUrl).hostname);
    expect(plainKeyWarning(baseUrl, KEY)).not.toContain(KEY);
    expect(plainKeyWarning(baseUrl, null)).toBeNull();
  });

  test.each([
    "https://gpu.example/v1",
    "http://localhost:8000/v1",
    "http://LOCALHOST/v1",
    "http://127.0.0.1:8000/v1",
    "http://[::1]:8000/v1",
  ])("%s is no matter", (baseUrl) => {
    expect(plainKeyWarning(baseUrl, KEY)).toBeNull();
  });
});
