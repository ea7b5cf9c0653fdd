/** By what people are asked. */
export const CHANNELS = ['email', 'online', 'phone', 'face-to-face', 'paper', 'sms', 'letter'] as const;

/** Those whose invitations are sent by hand, from a list. */
export const LISTED = ['sms', 'letter', 'phone', 'face-to-face', 'paper'] as const;
