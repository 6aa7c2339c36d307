import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseEvent, type StepEvent, writeEvent } from "../../src/run/events.ts";

const NUMBER = fc.double().map((value) => (Object.is(value, -0) ? 0 : value));
const STEP: fc.Arbitrary<StepEvent> = fc.record({
  event: fc.constant("step" as const),
  step: fc.nat(),
  of: fc.nat(),
  seconds: fc.nat(),
  trainer_seconds: fc.nat(),
  metrics: fc.dictionary(fc.stringMatching(/^[a-z_]{1,10}$/), NUMBER),
});

describe("parseEvent", () => {
  test("reads back what writeEvent writes, NaN and infinities too", () => {
    fc.assert(
      fc.property(STEP, (event) => {
        const read = parseEvent(writeEvent(event));
        expect(read).toEqual({ ...event, metrics: { ...event.metrics } });
      }),
    );
  });

  test("reads what the worker writes", () => {
    const line =
      '{"event": "held_out", "step": 5, "metrics": {"loss": 0.25, "reward_format": null, "entropy": "NaN", "kl": "-Infinity"}}';
    expect(parseEvent(line)).toEqual({
      event: "held_out",
      step: 5,
      metrics: { loss: 0.25, entropy: Number.NaN, kl: Number.NEGATIVE_INFINITY },
    });
  });

  test("no cut line is an event, and no other text, whatever it is", () => {
    const whole = '{"event":"checkpoint","step":3,"path":"a"}';
    for (let length = 0; length < whole.length; length++) expect(parseEvent(whole.slice(0, length))).toBeNull();
    for (const other of ['{"event":"toString"}', '{"event":7}', "{}"]) expect(parseEvent(other)).toBeNull();
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => expect(parseEvent(text)).toBeNull()));
  });

  test.each([
    '{"event":"step","step":"3","of":4,"seconds":1,"trainer_seconds":1,"metrics":{}}',
    '{"event":"step","step":3,"of":4,"seconds":1,"trainer_seconds":1,"metrics":{"loss":"low"}}',
    '{"event":"step","step":3,"of":4,"seconds":1,"trainer_seconds":1,"metrics":[]}',
    '{"event":"error"}',
  ])("an event with a field that does not fit is not passed over: %s", (line) => {
    expect(() => parseEvent(line)).toThrow(/the Python worker: event \w+, \w+: got/);
  });
});
