import vm from "node:vm";
import { TestEnvironment } from "jest-environment-node";

/**
 * Jest's Node environment with a plain global object. Its own is a Proxy, so every `Math` and `Number` of a hot loop is a
 * call through it: the planned routes of 200 rooms took ten times as long as outside of Jest.
 */
export default class PlainGlobalEnvironment extends TestEnvironment {
  constructor(...parameters) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...parameters);
    } finally {
      vm.createContext = createContext;
    }
  }
}
