/** An engine is neither here nor to be had; the message is one sentence with the ways out. */
export class EngineUnavailable extends Error {
  override name = 'EngineUnavailable';
  readonly code = 'engine-unavailable';
}
