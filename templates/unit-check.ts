import type { Contradiction } from './contradiction.ts';
import { contradiction, termNamed } from './contradiction.ts';
import { references } from './references.ts';
import type { Template } from './schema.ts';

/** The unit that a field counts in, by where it stands and its name. */
const UNITS: { at: RegExp; units: string[] }[] = [
  { at: /^obligations\.\d+\.(deadline|every)\.days$/, units: ['days'] },
  { at: /^obligations\.\d+\.deadline\.workingDays$/, units: ['working-days'] },
  { at: /^obligations\.\d+\.(deadline|every)\.months$/, units: ['months'] },
  { at: /^obligations\.\d+\.(deadline|every)\.years$/, units: ['years'] },
  { at: /^obligations\.\d+\.deadline\.hours$/, units: ['hours'] },
  { at: /^obligations\.\d+\.(opensDays|reminderLeadDays|review\.(windowDays|reworkDays))$/, units: ['days'] },
  { at: /^penalties\.\d+\.percentPerDay$/, units: ['percent-per-day'] },
  { at: /^penalties\.\d+\.capPercent$/, units: ['percent'] },
  { at: /^penalties\.\d+\.graceDays$/, units: ['days'] },
  { at: /^rules\.\d+\.reply\.workingDays$/, units: ['working-days'] },
  {
    at: /^rules\.\d+\.(advanceNotice|jointReview|effectReview|support|fee|response)\.days$/,
    units: ['days', 'duration'],
  },
  { at: /^rules\.\d+\.cap\.change\.consentDays$/, units: ['days', 'duration'] },
  { at: /^rules\.\d+\.(review|measureReview)\.every$/, units: ['days', 'months', 'duration'] },
  { at: /^rules\.\d+\.warning\.acknowledge$/, units: ['hours'] },
  { at: /^rules\.\d+\.(openDays|reminders|plan|checks\.interval|answer\.days)$/, units: ['days'] },
  { at: /^rules\.\d+\.months$/, units: ['months'] },
  { at: /^rules\.\d+\.termYears$/, units: ['years'] },
  { at: /^rules\.\d+\.lateFeePercentPerDay$/, units: ['percent-per-day'] },
  { at: /^ending\.expiry\.years$/, units: ['years'] },
  { at: /^ending\.expiry\.months$/, units: ['months'] },
];

/** Fields that count in one unit and name a term that counts in another. */
export function checkUnits(template: Template): Contradiction[] {
  return references(template).flatMap(({ path, name }) => {
    const wanted = UNITS.find(({ at }) => at.test(path.join('.')))?.units;
    const term = termNamed(template, name);
    if (!wanted || !term || !('unit' in term) || wanted.includes(term.unit)) return [];
    return contradiction(
      path,
      `以 ${wanted.join('、')} 为单位的条款参数；${name} 的单位是 ${term.unit}`,
      `a term in ${wanted.join(' or ')}; ${name} is in ${term.unit}`,
    );
  });
}
