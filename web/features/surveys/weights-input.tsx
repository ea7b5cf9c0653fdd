import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fractionOf, isWhole, percentOf } from './numbers.ts';
import type { Weights } from './survey.ts';

/** A share in percent for each dimension, and what they add up to. What is not touched is kept to all its places. */
export function WeightsInput({
  dimensions,
  weights,
  change,
  showProblem,
}: {
  dimensions: { id: string; title: string }[];
  weights: Weights;
  change: (weights: Weights) => void;
  showProblem: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const shown = (id: string): string => typed[id] ?? (weights[id] ? percentOf(weights[id]) : '');
  const sum = dimensions.reduce((total, { id }) => total + Number(weights[id] ?? 0), 0);
  return (
    <div className="stack" style={{ gap: 6 }}>
      {dimensions.map(({ id, title }) => (
        <label key={id} className="toolbar">
          <span className="pair-title">{title}</span>
          <Input
            style={{ width: 130 }}
            inputMode="decimal"
            suffix="%"
            value={shown(id)}
            onChange={({ target: { value } }) => {
              setTyped({ ...typed, [id]: value });
              change({ ...weights, [id]: fractionOf(value) ?? '' });
            }}
          />
        </label>
      ))}
      <div className={showProblem && !isWhole(weights, dimensions) ? 'late' : 'muted'}>
        {t('surveys.weightsSum', { sum: percentOf(String(sum)) })}
      </div>
    </div>
  );
}
