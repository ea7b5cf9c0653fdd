import { Input, InputNumber, Select, Space } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scalar, Template } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useUnitWord } from '../../app/unit.ts';

/** The way to fill in one value: a term that is one, a cell of a table, what stands behind a key. */
export function ScalarInput({
  id,
  label,
  template,
  of,
  unit: given,
  value,
  change,
  disabled = false,
  invalid = false,
}: {
  id?: string;
  /** For readers who cannot see what stands beside it. */
  label?: string;
  template: Template;
  of: Scalar;
  /** A unit that says more than the type. */
  unit?: string | undefined;
  value: string;
  change: (value: string) => void;
  disabled?: boolean;
  invalid?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const unitWord = useUnitWord();
  const format = useFormat();
  const shared = {
    ...(id === undefined ? {} : { id }),
    ...(label === undefined ? {} : { 'aria-label': label }),
    disabled,
  };
  const choice = (options: { value: string; label: string }[], width: number): ReactNode => (
    <Select
      {...shared}
      allowClear
      value={value === '' ? null : value}
      onChange={(chosen: string | undefined) => change(chosen ?? '')}
      options={options}
      style={{ width, maxWidth: '100%' }}
    />
  );
  switch (of.type) {
    case 'boolean':
      return choice(
        [
          { value: 'true', label: t('termValue.yes') },
          { value: 'false', label: t('termValue.no') },
        ],
        110,
      );
    case 'party':
      return choice(
        Object.entries(template.parties).map(([role, title]) => ({ value: role, label: format.text(title) })),
        150,
      );
    case 'enum':
      return choice(
        of.options.map((option) => ({ value: option.value, label: format.text(option.label) })),
        280,
      );
    case 'duration':
      return <DurationInput {...shared} value={value} change={change} />;
    default: {
      const isNumber = of.type === 'integer' || of.type === 'number' || of.type === 'percent';
      const name = given ?? (of.type === 'percent' ? 'percent' : 'unit' in of ? of.unit : 'number');
      const unit = unitWord(name);
      return (
        <>
          <Input
            {...shared}
            type={of.type === 'date' ? 'date' : of.type === 'email' ? 'email' : 'text'}
            inputMode={of.type === 'integer' ? 'numeric' : isNumber || of.type === 'money' ? 'decimal' : 'text'}
            aria-invalid={invalid}
            value={value}
            placeholder={of.type === 'money' ? '1000000.00' : undefined}
            onChange={(event) => change(event.target.value)}
            style={{ width: isNumber ? 100 : of.type === 'date' ? 150 : 240, maxWidth: '100%' }}
          />
          {unit ? <span className="muted nowrap">{unit}</span> : null}
        </>
      );
    }
  }
}

const DURATION_UNITS = ['TM', 'TH', 'D', 'W', 'M', 'Y'] as const;

/** `PT24H` as a number and its unit. */
function DurationInput({
  value,
  change,
  disabled,
  ...shared
}: {
  id?: string;
  'aria-label'?: string;
  value: string;
  change: (value: string) => void;
  disabled: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const [, time = '', digits = '', letter = 'D'] = /^P(T?)(\d*)([A-Z])$/.exec(value) ?? [];
  const unit = `${time}${letter}`;
  const write = (count: string, chosen: string): void =>
    change(count === '' && value === '' ? '' : `P${chosen.length > 1 ? 'T' : ''}${count}${chosen.at(-1) ?? 'D'}`);
  return (
    <Space.Compact>
      <InputNumber
        {...shared}
        min={1}
        precision={0}
        controls={false}
        disabled={disabled}
        value={digits === '' ? null : Number(digits)}
        onChange={(count) => (count === null ? change('') : write(String(count), unit))}
        style={{ width: 80 }}
      />
      <Select
        aria-label={t('termValue.unit')}
        disabled={disabled}
        value={unit}
        onChange={(chosen: string) => write(digits, chosen)}
        options={DURATION_UNITS.map((one) => ({ value: one, label: t(`durationUnit.${one}`) }))}
        style={{ width: 110 }}
      />
    </Space.Compact>
  );
}
