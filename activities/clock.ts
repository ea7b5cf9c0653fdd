/** Milliseconds since the epoch: where everything but the composition roots gets the time from. */
export type Clock = () => number;

export const systemClock: Clock = Date.now;
