import { spawn } from "node:child_process";

/**
 * Whether a page that is opened here can be seen by whoever typed the command: not over ssh, and on Linux only where a
 * display is named.
 */
export function canOpenBrowser(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  if (environment.SSH_CONNECTION !== undefined || environment.SSH_TTY !== undefined) return false;
  if (platform === "darwin" || platform === "win32") return true;
  return Boolean(environment.DISPLAY) || Boolean(environment.WAYLAND_DISPLAY);
}

/** Opens an address in the user's browser. Where that fails, the address is on the terminal. */
export function openBrowser(url: string, platform: NodeJS.Platform): void {
  const [program, ...words] = opener(url, platform);
  const child = spawn(program, words, { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}

function opener(url: string, platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === "darwin") return ["open", url];
  // "start" is a word of cmd, which would read & and ^ in an address.
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler", url];
  return ["xdg-open", url];
}
