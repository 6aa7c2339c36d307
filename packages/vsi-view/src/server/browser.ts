import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { escapeXml } from "@vsi/report/internal";

/**
 * Whether a page that is opened here can be seen by whoever typed the command: not over ssh, and on Linux only where a
 * display is named.
 */
export function canOpenBrowser(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  if (environment.SSH_CONNECTION || environment.SSH_TTY) return false;
  if (platform === "darwin" || platform === "win32") return true;
  return Boolean(environment.DISPLAY) || Boolean(environment.WAYLAND_DISPLAY);
}

/**
 * Opens an address in the user's browser, by a page that leads there and that only this user can read: everybody on the
 * machine sees the words of a command, and the address holds the token. Where it fails, the address is on the terminal.
 *
 * @returns what removes that page.
 */
export function openBrowser(url: string, platform: NodeJS.Platform): () => void {
  const folder = mkdtempSync(join(tmpdir(), "vsi-view-"));
  const page = join(folder, "open.html");
  writeFileSync(page, `<!doctype html><meta http-equiv="refresh" content="0;url=${escapeXml(url)}">\n`, {
    mode: 0o600,
  });
  const [program, ...words] = opener(page, platform);
  const child = spawn(program, words, { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
  return () => rmSync(folder, { recursive: true, force: true });
}

function opener(page: string, platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === "darwin") return ["open", page];
  // "start" is a word of cmd, which would read & and ^ in a path.
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler", page];
  return ["xdg-open", page];
}
