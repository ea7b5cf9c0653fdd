import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormProblems } from './start-form.ts';

/** Every field that needs attention by its name, with what to do; each leads there. */
export function FieldProblems({
  problems,
  called,
  jumpTo,
}: {
  problems: FormProblems;
  called: (path: string) => string;
  jumpTo: (path: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const paths = Object.keys(problems);
  if (paths.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('start.checkFields', { count: paths.length })}
      description={
        <ul className="plain-list">
          {paths.map((path) => (
            <li key={path}>
              <Button type="link" size="small" className="inline-link file-link" onClick={() => jumpTo(path)}>
                {called(path)}
              </Button>
              {t('common.colon')}
              {problems[path]}
            </li>
          ))}
        </ul>
      }
    />
  );
}
