import { Button, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { QuestionLine } from '../surveys/questionnaire.ts';
import { COMPARISONS, type Comparison, type Condition, readCondition } from './condition.ts';

/** When a question is asked: always, or after certain answers to questions before it. */
export function ConditionInput({
  line,
  before,
  set,
}: {
  line: QuestionLine;
  /** What is asked before it and has answers to look at. */
  before: QuestionLine[];
  set: (condition: Condition | null) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const condition = line.condition === null ? null : readCondition(line.condition);
  if (line.condition !== null && condition === null) {
    return (
      <div className="toolbar">
        <span className="muted small break">
          {t('design.conditionWritten')} <code>{line.condition}</code>
        </span>
        <Button size="small" onClick={() => set(null)}>
          {t('design.askAlways')}
        </Button>
      </div>
    );
  }
  const first = before.find(({ name }) => condition?.questions.includes(name)) ?? before[0];
  if (!first) return <span className="muted small">{t('design.noneBefore')}</span>;
  if (condition === null) {
    const choice = first.choices[0]?.value;
    const begin: Condition =
      typeof choice === 'number'
        ? { questions: [first.name], comparison: '<', value: middleOf(first) }
        : { questions: [first.name], comparison: '=', value: String(choice ?? '') };
    return (
      <Button size="small" onClick={() => set(begin)}>
        {t('design.addCondition')}
      </Button>
    );
  }
  const isNumber = typeof condition.value === 'number';
  return (
    <div className="toolbar">
      <span className="small">{t('design.askedIf')}</span>
      <Select<string[]>
        mode="multiple"
        aria-label={t('design.conditionQuestions')}
        style={{ flex: '1 1 200px', minWidth: 0 }}
        maxTagCount={2}
        value={condition.questions}
        onChange={(questions) => set(questions.length === 0 ? null : { ...condition, questions })}
        options={before
          .filter((one) => (typeof one.choices[0]?.value === 'number') === isNumber)
          .map(({ name, title }) => ({ value: name, label: format.text(title) || name }))}
      />
      <Select<Comparison>
        aria-label={t('design.comparison')}
        style={{ width: 110 }}
        value={condition.comparison}
        onChange={(comparison) => set({ ...condition, comparison })}
        options={COMPARISONS.filter((one) => isNumber || one === '=' || one === '<>').map((value) => ({
          value,
          label: t(`designComparison.${value}`),
        }))}
      />
      {typeof condition.value === 'number' ? (
        <InputNumber<number>
          aria-label={t('design.conditionValue')}
          style={{ width: 80 }}
          value={condition.value}
          onChange={(value) => set({ ...condition, value: value ?? 0 })}
        />
      ) : (
        <Select<string>
          aria-label={t('design.conditionValue')}
          style={{ flex: '1 1 120px', minWidth: 0 }}
          value={condition.value}
          onChange={(value) => set({ ...condition, value })}
          options={first.choices.map(({ value, title }) => ({ value: String(value), label: format.text(title) }))}
        />
      )}
      <Button size="small" onClick={() => set(null)}>
        {t('design.askAlways')}
      </Button>
    </div>
  );
}

function middleOf({ choices }: QuestionLine): number {
  const values = choices.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  return (Math.min(...values) + Math.max(...values)) / 2;
}
