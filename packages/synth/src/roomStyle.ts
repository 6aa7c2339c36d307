/** How a sample room looks: furnished like a home, or plain enough for a model of under a million parameters to learn from. */
export const roomStyles = ["furnished", "plain"] as const;

export type RoomStyle = (typeof roomStyles)[number];
