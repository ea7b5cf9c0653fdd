import { CAPS } from '../ledger/cap.ts';
import { CLAIMS } from '../ledger/claim.ts';
import { AFTERWARDS } from '../life/afterwards.ts';
import { AMENDMENTS } from '../life/amendment.ts';
import { BREACHES } from '../life/breach.ts';
import { RENEWAL } from '../life/renewal.ts';
import { TERMINATIONS } from '../life/termination.ts';
import { MATTERS } from '../matters/matters.ts';
import { GOALS } from '../goal/goals.ts';
import { RISK_REGISTER } from '../risk/register-check.ts';
import { VISIT_CHECKS } from '../visit/checks.ts';
import type { Part } from './part.ts';

/**
 * What time brings beside the obligations, in the order in which it comes at one instant: new rules first, goals
 * before the term that they are held to ends or is renewed, a renewal before the expiry that it prevents, what follows the
 * end last.
 */
export const PARTS: readonly Part[] = [
  AMENDMENTS,
  GOALS,
  VISIT_CHECKS,
  RISK_REGISTER,
  BREACHES,
  RENEWAL,
  TERMINATIONS,
  CLAIMS,
  MATTERS,
  CAPS,
  AFTERWARDS,
];
