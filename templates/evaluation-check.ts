import type { Text } from '../domain/time.ts';
import { type SchemeFault, schemeFaults } from '../domain/evaluation/scheme.ts';
import { Big } from 'big.js';
import { type EvaluationRule, bandsOf, indicatorsOf, schemeIn } from './evaluation-scheme.ts';
import type { Problem } from './problem.ts';
import type { Template } from './schema.ts';
import { TermReader } from './term-reader.ts';
import type { ResolvedTerm } from './terms.ts';

/**
 * What is wrong with the schemes that these terms make: weights that do not add up to 100, bands that leave a gap or overlap, no
 * indicator that is tied to satisfaction where one must be. An agreement is not activated with any of it (S003-E).
 */
export function evaluationProblems(template: Template, resolved: readonly ResolvedTerm[]): Problem[] {
  const named = new Set(resolved.map(({ name }) => name));
  const agreed = new Set(resolved.flatMap(({ name, value }) => (value === null ? [] : [name])));
  const terms = new TermReader({ terms: [...resolved], open: [] });
  return template.rules.flatMap((rule): Problem[] => {
    if (rule.kind !== 'evaluation' || rule.form !== 'scored') return [];
    if (!fields(rule).every((name) => named.has(name))) return [];
    if (!fields(rule).some((name) => agreed.has(name))) return [];
    const scheme = schemeIn(rule, terms, SURVEYED);
    const bands = scheme ? [] : bandFaultsAlone(rule, terms);
    const faults = scheme ? schemeFaults(scheme) : bands;
    // A total of the template is checked with its own words.
    const isTotalled = template.constraints.some(
      ({ kind, terms: names }) => kind === 'total' && rule.scores.some(({ weight }) => names.includes(weight ?? '')),
    );
    const own = faults.filter(({ fault }) => fault !== 'weights-sum' || !isTotalled);
    return [
      ...own.flatMap((fault) => problemOf(rule, fault, resolved)),
      ...(scheme && rule.linked && !isLinked(rule, terms) ? [unlinked(rule)] : []),
    ];
  });
}

/** As if satisfaction was surveyed: where it is not, people score it with the same weight. */
const SURVEYED = [{ obligation: '', dimensions: [] }];

function fields({ weights, bands, fee, thresholds, scores, tests }: EvaluationRule): string[] {
  const inner = scores.flatMap(({ weight }) => weight ?? []);
  const compared = tests.flatMap(({ target, baseline, targets }) =>
    [target ?? [], baseline ?? [], targets ?? []].flat(),
  );
  const edges = thresholds ? [thresholds.reward, thresholds.penalty] : [];
  return [weights ?? [], bands ?? [], fee ?? [], edges, inner, compared].flat();
}

/** Bands may be agreed before weights are. */
function bandFaultsAlone(rule: EvaluationRule, terms: TermReader): SchemeFault[] {
  const bands = bandsOf(rule, terms);
  const one = { id: 'x', clauses: [], source: 'manual', measure: 'qualitative', weight: '100' } as const;
  const indicators = [{ ...one, clauses: [], scale: { min: '0', max: '100' }, evidence: [], bonus: false }];
  return schemeFaults({ version: '', indicators, bands, decimals: 2, tests: [] });
}

function isLinked(rule: EvaluationRule, terms: TermReader): boolean {
  const surveyed = rule.scores.filter(({ source }) => source === 'survey').map(({ id }) => id);
  return indicatorsOf(rule, terms, SURVEYED).some(
    ({ id, weight }) => surveyed.includes(id) && weight !== null && new Big(weight).gt(0),
  );
}

function unlinked(rule: EvaluationRule): Problem {
  const ids = rule.scores.filter(({ source }) => source === 'survey').map(({ id }) => id);
  return problem(
    rule.weights ?? rule.id,
    'wrong-scheme',
    { zh: '没有与客户满意度挂钩的指标', en: 'has no indicator that is tied to satisfaction' },
    { zh: `请为 ${ids.join('、')} 设定权重`, en: `give a weight to ${ids.join(' or ')}` },
  );
}

function problemOf(rule: EvaluationRule, fault: SchemeFault, resolved: readonly ResolvedTerm[]): Problem[] {
  const agreed = (name: string | undefined): boolean =>
    name !== undefined && resolved.some((term) => term.name === name && term.value !== null);
  const own = rule.scores.flatMap(({ weight }) => (agreed(weight) ? (weight ?? []) : []));
  const weights = own.at(-1) ?? (agreed(rule.weights) ? rule.weights : undefined) ?? rule.weights ?? rule.id;
  const { reward, penalty } = rule.thresholds ?? {};
  const bands = rule.bands ?? (agreed(reward) ? reward : penalty) ?? rule.id;
  switch (fault.fault) {
    case 'no-weights':
      return [
        problem(
          weights,
          'wrong-scheme',
          {
            zh: `${fault.indicators.join('、')} 没有权重`,
            en: `leaves ${fault.indicators.join(', ')} without a weight`,
          },
          { zh: '请为各项指标设定权重，合计 100%', en: 'give each indicator its weight, 100 % in all' },
        ),
      ];
    case 'weights-sum':
      return [
        problem(
          weights,
          'wrong-total',
          { zh: `各项权重合计为 ${fault.sum}，应为 100`, en: `makes the weights ${fault.sum} in all, not 100` },
          { zh: '请调整权重，使合计为 100', en: 'change the weights so that they add up to 100' },
        ),
      ];
    case 'band-gap':
    case 'band-overlap':
    case 'band-range': {
      const is = fault.fault === 'band-overlap' ? { zh: '重叠', en: 'overlap' } : { zh: '留空', en: 'leave a gap' };
      return [
        problem(
          bands,
          'wrong-bands',
          {
            zh: `分档在 ${fault.from} 与 ${fault.to} 之间${is.zh}`,
            en: `has bands that ${is.en} between ${fault.from} and ${fault.to}`,
          },
          { zh: '分档须覆盖 0 至 100 分，不重叠、不留空', en: 'let the bands cover 0 to 100 without gap or overlap' },
        ),
      ];
    }
  }
}

function problem(name: string, code: string, message: Text, cure: Text): Problem {
  return { path: `terms.${name}`, code, message, cure };
}
