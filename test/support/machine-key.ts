/** API_KEY of the installations that tests bring up: whoever bears it is the policy's `machine`. */
export const MACHINE_KEY = 'the-machines-of-the-tests';

/** The headers of a request by one of the installation's own programs. */
export const MACHINE = { Authorization: `Bearer ${MACHINE_KEY}` };
