/** The words and numbers that making rooms takes, without the code that makes them: a command's help needs no more. */

/**
 * How a sample room looks: furnished like a home, or plain enough for a model of under a million parameters to learn
 * from.
 */
export const ROOM_STYLES = ["furnished", "plain"] as const;

/** One of ROOM_STYLES. */
export type RoomStyle = (typeof ROOM_STYLES)[number];

/** The style of rooms, and the number of the first: 9000 is far from ScanNet's own rooms, 0000 to 0806. */
export const DEFAULT_ROOMS = { style: "furnished", firstRoom: 9000 } as const;
