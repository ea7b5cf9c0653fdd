import { Checkbox, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '../../wire.ts';
import { OVERALL } from '../surveys/numbers.ts';
import { type Json, linesOf, scaleOf, textOf, without } from '../surveys/questionnaire.ts';
import type { Survey, Weights } from '../surveys/survey.ts';
import { WeightsInput } from '../surveys/weights-input.tsx';
import { SCALES, askingImportance, scaled, titled } from './editing.ts';

/** What holds for the questionnaire as a whole: its title, its scale, importance, weights. */
export function SettingsPart({
  json,
  set,
  provides,
  weights,
  weighed,
  setWeights,
}: {
  json: Json;
  set: (json: Json) => void;
  provides: Survey['provides'];
  weights: Weights | null;
  weighed: { id: string; title: string }[];
  setWeights: (weights: Weights | null) => void;
}): ReactNode {
  const { t } = useTranslation();
  const title = textOf(json.title, '');
  const scale = scaleOf(json);
  const lines = linesOf(json);
  const importance = lines.find(({ role }) => role === 'importance');
  const keyOf = (of: { min: number; max: number }): string => `${String(of.min)}-${String(of.max)}`;
  const scales = SCALES.some((one) => keyOf(one) === keyOf(scale)) ? SCALES : [scale, ...SCALES];
  const rated: { id: string; title: Text }[] = provides.dimensions.filter(({ id }) => id !== OVERALL);
  return (
    <section className="stack" aria-label={t('design.settings')}>
      <div className="pair" style={{ gap: 8 }}>
        {(['zh', 'en'] as const).map((language) => (
          <label key={language} className="stack" style={{ gap: 4 }}>
            <span className="small muted">{t(language === 'zh' ? 'design.titleZh' : 'design.titleEn')}</span>
            <Input
              lang={language === 'zh' ? 'zh-CN' : 'en'}
              value={title[language]}
              maxLength={200}
              onChange={(event) => set(titled(json, { ...title, [language]: event.target.value }))}
            />
          </label>
        ))}
      </div>
      <div className="toolbar">
        <label className="toolbar">
          {t('design.scale')}
          <Select<string>
            aria-label={t('design.scale')}
            style={{ width: 130 }}
            value={keyOf(scale)}
            onChange={(value) => {
              const to = scales.find((one) => keyOf(one) === value);
              if (to) set(scaled(json, scale, to));
            }}
            options={scales.map((one) => ({
              value: keyOf(one),
              label: t('surveys.onScaleShort', { min: one.min, max: one.max }),
            }))}
          />
        </label>
        {rated.length > 0 || importance ? (
          <Checkbox
            checked={importance !== undefined}
            onChange={(event) => {
              if (event.target.checked) set(askingImportance(json, rated));
              else if (importance) set(without(json, importance.name));
            }}
          >
            {t(provides.asksImportance ? 'design.importanceAgreed' : 'design.importance')}
          </Checkbox>
        ) : null}
        <Checkbox
          checked={weights !== null}
          onChange={(event) => setWeights(event.target.checked ? { ...provides.weights } : null)}
        >
          {t('surveys.ownWeights')}
        </Checkbox>
      </div>
      {weights === null ? (
        <div className="muted small">{t('surveys.sameWeights')}</div>
      ) : (
        <WeightsInput dimensions={weighed} weights={weights} change={setWeights} showProblem />
      )}
    </section>
  );
}
