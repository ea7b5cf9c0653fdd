import { processRules } from '../../domain/process/registry.ts';

/** The rules by which cases are decided. */
export function processRulesOf() {
  return processRules('case');
}
