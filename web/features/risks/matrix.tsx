import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type RiskLevel, type RiskList, type RiskRules, levelOf } from './risk.ts';

const GROUND: Record<RiskLevel, string> = { LOW: '#e6f4ea', MEDIUM: '#fff4d6', HIGH: '#fde4e1' };
const CELL: CSSProperties = { border: '1px solid #d0d0d0', padding: '4px 2px', textAlign: 'center', color: '#1f1f1f' };

/** Probability against impact: how many open risks stand where, each cell in the colour, and under the name, of its level. */
export function Matrix({ rules, items }: { rules: RiskRules; items: RiskList['items'] }): ReactNode {
  const { t } = useTranslation();
  const marks = Array.from({ length: rules.scale.max }, (_, index) => index + 1);
  const open = items.filter(({ status }) => status !== 'closed');
  const count = (probability: number, impact: number): number =>
    open.filter((one) => one.probability === probability && one.impact === impact).length;
  return (
    <table style={{ borderCollapse: 'collapse', tableLayout: 'fixed', width: '100%', maxWidth: 460 }}>
      <caption style={{ captionSide: 'top', textAlign: 'left' }} className="muted small">
        {t('risks.matrix')}
      </caption>
      <thead>
        <tr>
          <th scope="col" style={{ ...CELL, fontWeight: 'normal', width: 92 }} className="small">
            {t('risks.matrixCorner')}
          </th>
          {marks.map((impact) => (
            <th key={impact} scope="col" style={CELL}>
              {impact}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {marks.toReversed().map((probability) => (
          <tr key={probability}>
            <th scope="row" style={CELL}>
              {probability}
            </th>
            {marks.map((impact) => {
              const level = levelOf(rules, probability, impact);
              const number = count(probability, impact);
              return (
                <td key={impact} style={{ ...CELL, background: GROUND[level] }} title={t(`riskLevel.${level}`)}>
                  {number > 0 ? (
                    <strong aria-label={t('risks.matrixCell', { count: number, level: t(`riskLevel.${level}`) })}>
                      {number}
                    </strong>
                  ) : null}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
