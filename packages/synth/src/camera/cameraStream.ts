/** makeRoom takes streams 1 and 2: a walk must not change with how the room was made. */
export const cameraStream = 3;
