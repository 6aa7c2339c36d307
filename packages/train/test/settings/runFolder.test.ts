import { join, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { runFolder } from "../../src/settings/runFolder.ts";

test("the first host's is the run's own, every further one's another folder below it", () => {
  const of = (host: number) => runFolder({ out: "runs/a", launch: { processes: 8, hosts: 3, host, rendezvous: null } });
  expect(of(0)).toBe(resolve("runs/a"));
  expect([of(1), of(2)]).toEqual([join(of(0), "hosts", "1"), join(of(0), "hosts", "2")]);
});
