import { Alert, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Replay } from '../../wire.ts';
import type { WorkflowVerdict } from './audit.ts';

const TONE = { identical: 'success', different: 'error', incomplete: 'warning' } as const;
const COLOUR = { identical: 'green', different: 'red', incomplete: 'orange' } as const;

export function VerdictTag({ verdict }: { verdict: Replay['verdict'] }): ReactNode {
  const { t } = useTranslation();
  return (
    <Tag className="audit-tag" color={COLOUR[verdict]}>
      {t(`verdict.${verdict}`)}
    </Tag>
  );
}

/** What strict replay found of one workflow, in words: where it differs, or what is missing and where to get it. */
export function Verdict({ title, verdict }: { title: string; verdict: WorkflowVerdict }): ReactNode {
  const { t } = useTranslation();
  const { first, because } = verdict;
  return (
    <Alert
      type={TONE[verdict.verdict]}
      title={
        <>
          {title}
          {t('common.colon')}
          {t(`verdict.${verdict.verdict}`)}
        </>
      }
      description={
        first ? (
          <>
            <p>
              {t(first.what?.startsWith('database') ? 'audit.differsDatabase' : 'audit.differsReplay', {
                what: first.what ?? '',
                event: first.event === undefined || first.event === null ? t('common.none') : String(first.event),
              })}
            </p>
            <p className="mono small break">{first.run}</p>
            <div className="pair">
              <div>
                <h4>{t('audit.recorded')}</h4>
                <pre className="value">{shownValue(first.recorded)}</pre>
              </div>
              <div>
                <h4>{first.what?.startsWith('database') ? t('audit.inDatabase') : t('audit.now')}</h4>
                <pre className="value">{shownValue(first.now)}</pre>
              </div>
            </div>
          </>
        ) : because ? (
          <>
            <p>{t(`because.${because.code}`, { run: because.run ?? '', of: because.of ?? '' })}</p>
            <p className="small muted break">{because.text}</p>
          </>
        ) : null
      }
    />
  );
}

/** A value as it stands in a history or a row. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
