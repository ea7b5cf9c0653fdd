import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import { moneyText } from '../../app/moment.ts';
import type { RenewalPack } from './life.ts';

/** What stands beside the decision on a renewal, as it is now. */
export function RenewalDecision({ pack }: { pack: RenewalPack }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const listed = (names: string[]): string =>
    names.length === 0
      ? t('life.pack.none')
      : t('life.pack.counted', { count: names.length, names: names.join(t('common.listSeparator')) });
  const { surveys, claims, claimed } = pack;
  const sums = (claimed ?? []).map(({ amount, currency }) => moneyText(amount, currency)).join(' + ');
  const facts: [label: string, value: string][] = [
    ...pack.goals.map(({ title, value }): [string, string] => [
      t('life.pack.goal', { name: format.text(title) }),
      value ?? t('life.pack.noFigure'),
    ]),
    ...(surveys ? [[t('life.pack.surveys'), t('life.pack.surveysHandedIn', surveys)] as [string, string]] : []),
    [
      t('life.pack.trend'),
      pack.trend.length === 0
        ? t('life.pack.noTrend')
        : pack.trend
            .map(({ title, score }) =>
              t('life.pack.scored', { cycle: format.text(title), score: score ?? t('life.pack.noFigure') }),
            )
            .join(t('common.listSeparator')),
    ],
    [t('life.pack.duties'), listed(pack.duties.map(({ title }) => format.text(title)))],
    [t('life.pack.plans'), listed(pack.plans.map(({ title }) => format.text(title)))],
    [t('life.pack.matters'), listed(pack.matters.map(({ id, kind }) => `${t(`matterKind.${kind}`)} ${id}`))],
    [t('life.pack.breaches'), listed(pack.breaches)],
    [t('life.pack.claims'), sums === '' ? listed(claims) : `${listed(claims)} · ${sums}`],
  ];
  return (
    <details>
      <summary>{t('life.pack.title')}</summary>
      <Facts facts={facts} />
    </details>
  );
}
