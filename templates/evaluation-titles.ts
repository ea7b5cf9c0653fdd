import { Big } from 'big.js';
import type { Text } from '../domain/time.ts';
import { type EvaluationRule, bandsOf, indicatorsOf } from './evaluation-scheme.ts';
import type { Template } from './schema.ts';
import { TermReader } from './term-reader.ts';
import type { ResolvedTerms } from './terms.ts';

/** What a contract calls what is evaluated, as its text and its terms have it. */
export interface EvaluationTitles {
  title: Text;
  indicators: Record<string, Text>;
  /** By band, `band-1` being the lowest: what follows, in the words of the contract. */
  bands: Record<string, string>;
  /** In their order: the targets of performance. */
  targets: string[];
}

/** By rule. */
export function evaluationTitles(
  template: Template,
  resolved: Pick<ResolvedTerms, 'terms'>,
): Record<string, EvaluationTitles> {
  const terms = new TermReader(resolved as ResolvedTerms);
  const rules = template.rules.filter((rule): rule is EvaluationRule => rule.kind === 'evaluation');
  return Object.fromEntries(
    rules.map((rule) => [
      rule.id,
      {
        title: rule.title,
        indicators: Object.fromEntries(indicatorsOf(rule, terms, []).map(({ id, title }) => [id, title])),
        bands: bandWords(rule, terms),
        targets: targetWords(rule, terms),
      },
    ]),
  );
}

/** The words of the bands' rows, by the band that begins where they do: what lies between them has none. */
function bandWords(rule: EvaluationRule, terms: TermReader): Record<string, string> {
  const rows = rule.bands === undefined ? [] : (terms.rowsOrNull(rule.bands) ?? []);
  const bands = rows.map((row) => {
    const cell = (...names: string[]): string =>
      String(names.map((name) => row[name]).find((one) => one !== undefined) ?? '');
    return { from: cell('scoreFrom', 'minScore'), words: cell('consequence', 'action') };
  });
  return Object.fromEntries(
    bandsOf(rule, terms).flatMap(({ id, from }) => {
      const row = bands.find((band) => band.from !== '' && new Big(band.from).eq(from));
      return row ? [[id, row.words]] : [];
    }),
  );
}

function targetWords({ tests }: EvaluationRule, terms: TermReader): string[] {
  const name = tests.find(({ targets }) => targets !== undefined)?.targets;
  const rows = name === undefined ? [] : (terms.rowsOrNull(name) ?? []);
  return rows.map((row) => Object.values(row).map(String).join(' · '));
}
