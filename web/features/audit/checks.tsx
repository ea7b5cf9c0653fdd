import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordCheck } from './audit.ts';
import { shownValue } from './verdict.tsx';

const COLOUR = { agrees: 'green', differs: 'red', skipped: 'default' } as const;

/** The database against the histories: each comparison with its result, each difference with its row. */
export function Checks({ checks }: { checks: RecordCheck[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <h3>{t('audit.checks')}</h3>
      <ul className="audit-checks">
        {checks.map(({ check, result, compared, findings, more }) => (
          <li key={check}>
            <div className="audit-check">
              <Tag className="audit-tag" color={COLOUR[result]}>
                {t(`checkResult.${result}`)}
              </Tag>
              <span>
                {t(`recordCheck.${check}`)}{' '}
                {result === 'skipped' ? null : (
                  <span className="muted small">{t('audit.rowsCompared', { count: compared })}</span>
                )}
              </span>
            </div>
            {findings.length > 0 ? (
              <ul className="plain-list">
                {findings.map(({ where, expected, found }, index) => (
                  <li key={index}>
                    <code className="break">{where}</code>
                    <div className="pair">
                      <div>
                        <div className="muted small">{t('audit.expected')}</div>
                        <pre className="value">{shownValue(expected)}</pre>
                      </div>
                      <div>
                        <div className="muted small">{t('audit.found')}</div>
                        <pre className="value">{found === null ? t('audit.isMissing') : shownValue(found)}</pre>
                      </div>
                    </div>
                  </li>
                ))}
                {more > 0 ? <li>{t('audit.moreFindings', { count: more })}</li> : null}
              </ul>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
