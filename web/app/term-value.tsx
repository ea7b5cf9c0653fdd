import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Option, Scalar, TemplateTerm, Text } from '../wire.ts';
import { useFormat } from './format.ts';
import { amountText } from './moment.ts';
import { useRoleName } from './names.ts';
import { useUnitWord } from './unit.ts';

/** A term's value as people read it, whatever its type. */
export function TermValueText({
  term,
  value,
  obligation,
}: {
  term: TemplateTerm | undefined;
  value: unknown;
  /** The title of an obligation by its id. */
  obligation: (id: string) => string;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const scalar = useScalarText();
  const labelled = (options: Option[] | undefined, key: string): string => {
    const label: Text | undefined = options?.find((option) => option.value === key)?.label;
    return label ? format.text(label) : key;
  };
  const unitWord = useUnitWord();
  const unit = (name: string | undefined): string => ` ${unitWord(name)}`.trimEnd();

  if (term?.type === 'table' && Array.isArray(value)) {
    return (
      <ul className="plain-list">
        {(value as Record<string, unknown>[]).map((row, index) => (
          <li key={index}>
            {(term.columns ?? [])
              .filter(({ name }) => row[name] !== undefined)
              .map(({ name, label, of }) => `${format.text(label)}${t('common.colon')}${scalar(of, row[name])}`)
              .join(t('common.then'))}
          </li>
        ))}
      </ul>
    );
  }
  if (Array.isArray(value)) {
    const items = value.map((one) => labelled(term?.options, String(one)));
    return `${items.join(t('common.listSeparator'))}${term?.type === 'list' ? unit(term.unit) : ''}`;
  }
  if (typeof value === 'object' && value !== null) {
    const [first, ...others] = Object.values(value);
    if (term?.type === 'map' && others.every((one) => one === first)) return role(String(first));
    return Object.entries(value).map(([key, one]) => (
      <div key={key}>
        {term?.type === 'mapping' ? labelled(term.keys, key) : obligation(key)}
        {t('common.colon')}
        {term?.type === 'mapping' && term.values ? scalar(term.values, one) : role(String(one))}
      </div>
    ));
  }
  const text = String(value);
  switch (term?.type) {
    case 'money':
      return <span className="amount">{amountText(text)}</span>;
    case 'map':
    case 'party':
      return role(text);
    case 'date':
      return format.date(text);
    case 'enum':
      return labelled(term.options, text);
    case 'boolean':
      return scalar({ type: 'boolean' }, value);
    case 'duration':
      return scalar({ type: 'duration' }, value);
    case 'integer':
    case 'number':
    case 'percent':
      return `${text}${unit(term.unit)}`;
    default:
      return text;
  }
}

/** One value of a cell as people read it. */
function useScalarText(): (of: Scalar, value: unknown) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const unitWord = useUnitWord();
  return (of, value) => {
    const text = String(value);
    switch (of.type) {
      case 'boolean':
        return text === 'true' ? t('termValue.yes') : t('termValue.no');
      case 'duration': {
        const [, time = '', count, letter = ''] = /^P(T?)(\d+)([A-Z])$/.exec(text) ?? [];
        if (count === undefined) return text === 'indefinite' ? t('termValue.indefinite') : text;
        return `${count} ${t(`durationUnit.${time}${letter}`)}`;
      }
      case 'party':
        return role(text);
      case 'date':
        return format.date(text);
      case 'enum': {
        const option = of.options.find((one) => one.value === text);
        return option ? format.text(option.label) : text;
      }
      case 'money':
        return amountText(text);
      case 'percent':
        return `${text}%`;
      case 'integer':
      case 'number':
        return `${text} ${unitWord(of.unit)}`.trimEnd();
      case 'text':
      case 'email':
        return text;
    }
  };
}
