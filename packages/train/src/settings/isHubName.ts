/** Whether a model's name can be one on the hub: "owner/name". What only looks like a path was meant as one. */
export function isHubName(model: string): boolean {
  return /^[\w-][\w.-]*\/[\w.-]+$/.test(model);
}
