const { default: Sequencer } = require("@jest/test-sequencer");

/** The long suites first: one that began last would keep a single core busy while the other waits. */
module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const isLong = ({ path }) => path.endsWith(".long.test.ts");
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
