import { expect, test } from "@jest/globals";
import { DatasetError } from "../../src/errors.ts";
import { fileError } from "../../src/node/fileError.ts";

const systemError = (code: string) => Object.assign(new Error(`${code}: failed`), { code });

test.each([
  ["ENOSPC", "write-no-space", /a full disk.*Free some space/],
  ["EDQUOT", "write-no-space", /quota/],
  ["EACCES", "file-permission", /no permission/],
  ["EPERM", "file-permission", /no permission/],
  ["EROFS", "file-permission", /read-only/],
  ["ENOENT", "file-missing", /Check the path/],
  ["ENOTDIR", "file-not-a-folder", /a file/],
  ["EISDIR", "file-is-a-folder", /a folder/],
  ["EMFILE", "file-too-many-open", /ulimit/],
  ["EIO", "file-other", /EIO: failed/],
])("%s is told as %s, with the cause kept", (systemCode, code, sentence) => {
  const cause = systemError(systemCode);
  const error = fileError(cause, "out\\data/train.jsonl", "a file to write");
  expect(error).toMatchObject({ code, cause, detail: { file: "out/data/train.jsonl", expected: "a file to write" } });
  expect(error.message).toMatch(sentence);
});

test("an error of this package stays as it is", () => {
  const error = new DatasetError("x", { file: "a", place: "b", got: "c", expected: "d", advice: "e" });
  expect(fileError(error, "other", "other")).toBe(error);
});
