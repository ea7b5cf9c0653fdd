import type { Text } from './time.ts';

/** One thing that is wrong with what people brought: where, which, why, and what to do about it. */
export interface Problem {
  /** `terms.contractTotal`, `script[3].at`; empty for the whole. */
  path: string;
  code: string;
  message: Text;
  cure: Text;
}
