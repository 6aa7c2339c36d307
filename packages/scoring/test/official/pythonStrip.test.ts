import { describe, expect, test } from "@jest/globals";
import { pythonStrip } from "../../src/official/pythonStrip.ts";
import { hasPython, runPython } from "./python.ts";

describe("pythonStrip", () => {
  test("strips the separators JavaScript's trim leaves, and leaves the byte order mark it strips", () => {
    expect(pythonStrip("\x1c\x85 a b\u3000")).toBe("a b");
    expect(pythonStrip("\ufeffa")).toBe("\ufeffa");
    expect([pythonStrip(""), pythonStrip(" \n")]).toEqual(["", ""]);
  });

  (hasPython ? test : test.skip)(
    "strips exactly the characters of the Basic Multilingual Plane that Python strips",
    () => {
      const program = `
import json, sys
json.load(sys.stdin)
print(json.dumps([c for c in range(0x10000) if chr(c).strip() == ""]))`;
      const ours = Array.from({ length: 0x10000 }, (_, code) => code).filter(
        (code) => pythonStrip(String.fromCharCode(code)) === "",
      );
      expect(ours).toEqual(runPython(program, null));
    },
  );
});
