import { sha256 as portableSha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * Node's own, which takes a seventh of the time: a scan of ScanNet has some 300 hashes, of question ids and random
 * streams. Asked for at run time, so that a browser's bundle need not know of it.
 */
const nodeCrypto = globalThis.process?.getBuiltinModule?.("node:crypto");

/** The sha256 of a text's UTF-8 bytes: 32 bytes. A surrogate without its other half counts as U+FFFD. */
export const sha256: (text: string) => Uint8Array =
  nodeCrypto === undefined
    ? (text) => portableSha256(utf8ToBytes(text))
    : (text) => nodeCrypto.hash("sha256", text, "buffer");

/** The same as 64 lower-case hex digits. */
export const sha256Hex: (text: string) => string =
  nodeCrypto === undefined
    ? (text) => bytesToHex(portableSha256(utf8ToBytes(text)))
    : (text) => nodeCrypto.hash("sha256", text, "hex");
