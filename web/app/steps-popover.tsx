import { Button, Popover } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '../wire.ts';
import { useFormat } from './format.ts';

/** How a date, or a sum, was arrived at, step by step. */
export function StepsPopover({ steps, title }: { steps: Text[]; title?: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (steps.length === 0) return null;
  return (
    <Popover
      trigger="click"
      title={title ?? t('due.howComputed')}
      content={
        <ol className="steps">
          {steps.map((step) => (
            <li key={step.en}>{format.text(step)}</li>
          ))}
        </ol>
      }
    >
      <Button type="link" size="small" className="inline-link">
        {t('due.why')}
      </Button>
    </Popover>
  );
}
