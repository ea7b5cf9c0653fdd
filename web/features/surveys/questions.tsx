import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { linesOf } from './questionnaire.ts';

/** What is asked, as those who answer read it. */
export function Questions({ json }: { json: unknown }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const lines = linesOf(json);
  if (lines.length === 0) return <div className="empty">{t('surveys.noText')}</div>;
  return (
    <ol className="plain-list">
      {lines.map(({ name, type, role, title, rows, choices }) => (
        <li key={name}>
          {format.text(title)} <Tag>{type === 'file' ? t('answerFiles.kind') : t(`surveyRole.${role}`)}</Tag>
          {rows.length > 0 ? (
            <ul className="plain-list">
              {rows.map((row) => (
                <li key={row.value}>{format.text(row.title)}</li>
              ))}
            </ul>
          ) : null}
          {choices.length > 0 ? (
            <div className="muted small">{choices.map((choice) => format.text(choice.title)).join(' · ')}</div>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
