import { describe, expect, test } from "@jest/globals";
import { DatasetError } from "@vsi/dataset/node";
import { BuildStoppedError, explainFileError, explainStop, UsageError } from "../src/errors.ts";

/** As Node's file system makes it. */
function systemError(code: string, path?: string): Error {
  const error = new Error(`${code}: refused, mkdir`);
  return Object.assign(error, { code, syscall: "mkdir", ...(path === undefined ? {} : { path }) });
}

describe("explainFileError", () => {
  test("a file system's error becomes a DatasetError that names the path", () => {
    const explained = explainFileError(systemError("ENOSPC", "out/scenes"), "out");
    expect(explained).toBeInstanceOf(DatasetError);
    expect(explained).toMatchObject({ code: "write-no-space", detail: { file: "out/scenes" } });
  });

  test("without a path of its own it names the one given", () => {
    expect(explainFileError(systemError("EACCES"), "out")).toMatchObject({
      code: "file-permission",
      detail: { file: "out" },
    });
  });

  test.each([new UsageError("a flag"), new TypeError("a defect"), "a reason", undefined, null])(
    "%p is left as it is",
    (error) => {
      expect(explainFileError(error, "out")).toBe(error);
      expect(explainStop(error, "out")).toBe(error);
    },
  );
});

describe("explainStop", () => {
  test("says on one line that --resume goes on, and is meant for the user", () => {
    const stop = explainStop(systemError("ENOSPC"), "out");
    expect(stop).toBeInstanceOf(BuildStoppedError);
    expect((stop as BuildStoppedError).message).toMatch(/^out: .+full disk.+--resume\.$/);
  });
});
