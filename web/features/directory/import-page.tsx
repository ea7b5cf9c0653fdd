import { useQueryClient } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePageTitle } from '../../app/page-title.ts';
import { Records } from '../../app/records.tsx';
import { type ImportResult, ORGANISATIONS, PERSONS } from './directory.ts';
import { Remarks, TableImport } from './table-import.tsx';

/** A table is tried first, and brought in when it is seen what it would do. */
export function ImportPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('directory.import'));
  const queries = useQueryClient();
  const brought = (): void => {
    void queries.invalidateQueries({ queryKey: PERSONS });
    void queries.invalidateQueries({ queryKey: ORGANISATIONS });
  };
  return (
    <div className="page">
      <Link to="/persons">{t('directory.title')}</Link>
      <h1>{t('directory.import')}</h1>
      <section className="panel stack">
        <p className="muted">{t('directory.importExplained')}</p>
        <TableImport<ImportResult> path="/directory/import" brought={brought}>
          {(result) => <Result result={result} />}
        </TableImport>
      </section>
    </div>
  );
}

function Result({ result }: { result: ImportResult }): ReactNode {
  const { t } = useTranslation();
  const { organisations, persons } = result;
  return (
    <>
      <Alert
        type={result.errorCount > 0 ? 'warning' : result.dryRun ? 'info' : 'success'}
        showIcon
        title={t(result.dryRun ? 'directory.wouldChange' : 'directory.hasChanged', { count: result.rows })}
        description={
          <ul className="plain-list">
            <li>{t('directory.organisationCounts', organisations)}</li>
            <li>{t('directory.personCounts', persons)}</li>
            <li>{t('directory.remarkCounts', { errors: result.errorCount, warnings: result.warningCount })}</li>
          </ul>
        }
      />
      <Remarks result={result} columnName={(column) => t(`importColumn.${column}`)} />
      {result.changes.length > 0 ? (
        <>
          <h2>{t('directory.changes')}</h2>
          <Records
            label={t('directory.changes')}
            rows={result.changes}
            rowKey={({ line, change, organisation }) => `${String(line)} ${change} ${organisation}`}
            empty=""
            columns={[
              { key: 'line', title: t('directory.line'), heading: true, width: 80, render: ({ line }) => line },
              { key: 'change', title: t('directory.what'), render: ({ change }) => t(`importChange.${change}`) },
              {
                key: 'organisation',
                title: t('directory.organisation'),
                render: ({ organisation, from }) => (from ? `${from} → ${organisation}` : organisation),
              },
              { key: 'name', title: t('directory.name'), render: ({ name }) => name ?? t('common.none') },
              {
                key: 'email',
                title: t('directory.email'),
                render: ({ email, fields }) => (
                  <>
                    <span className="break">{email ?? t('common.none')}</span>
                    {(fields ?? []).map(({ field, from, to }) => (
                      <div key={field} className="small muted">
                        {t(`importColumn.${field}`)}
                        {t('common.colon')}
                        {from} → {to}
                      </div>
                    ))}
                  </>
                ),
              },
            ]}
          />
        </>
      ) : null}
    </>
  );
}
