import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePageTitle } from '../../app/page-title.ts';
import { Records } from '../../app/records.tsx';
import { Remarks, TableImport } from '../directory/table-import.tsx';
import { CUSTOMERS, type CustomerImport } from './customer.ts';

/** A table of customers is tried first, and brought in when it is seen what it would do. */
export function CustomerImportPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('customers.import'));
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  return (
    <div className="page">
      <Link to="/customers">{t('customers.title')}</Link>
      <h1>{t('customers.import')}</h1>
      <section className="panel stack">
        <p className="muted none-yet">{t('customers.importExplained')}</p>
        <Form layout="vertical" component="div">
          <Form.Item label={t('customers.importReason')} htmlFor="import-reason" style={{ marginBottom: 0 }}>
            <Input
              id="import-reason"
              maxLength={1_000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              style={{ maxWidth: 520 }}
            />
          </Form.Item>
        </Form>
        <TableImport<CustomerImport>
          path="/customers/import"
          fields={{ reason }}
          brought={() => void queries.invalidateQueries({ queryKey: CUSTOMERS })}
        >
          {(result) => <Result result={result} />}
        </TableImport>
      </section>
    </div>
  );
}

function Result({ result }: { result: CustomerImport }): ReactNode {
  const { t } = useTranslation();
  const fieldName = (field: string): string => t(`customerField.${field}`, { defaultValue: field });
  return (
    <>
      <Alert
        type={result.errorCount > 0 ? 'warning' : result.dryRun ? 'info' : 'success'}
        showIcon
        title={t(result.dryRun ? 'directory.wouldChange' : 'directory.hasChanged', { count: result.rows })}
        description={
          <ul className="plain-list">
            <li>{t('customers.importCounts', result.customers)}</li>
            <li>{t('directory.remarkCounts', { errors: result.errorCount, warnings: result.warningCount })}</li>
          </ul>
        }
      />
      <Remarks result={result} columnName={fieldName} />
      {result.changes.length > 0 ? (
        <>
          <h2>{t('directory.changes')}</h2>
          <Records
            label={t('directory.changes')}
            rows={result.changes}
            rowKey={({ line, key }) => `${String(line)} ${key}`}
            empty=""
            columns={[
              { key: 'line', title: t('directory.line'), heading: true, width: 80, render: ({ line }) => line },
              { key: 'change', title: t('directory.what'), render: ({ change }) => t(`customerChange.${change}`) },
              { key: 'key', title: t('customerField.key'), render: ({ key }) => key },
              { key: 'name', title: t('customerField.name'), render: ({ name }) => name },
              {
                key: 'fields',
                title: t('directory.changes'),
                render: ({ fields = [] }) =>
                  fields.map(({ field, from, to }) => (
                    <div key={field} className="small">
                      {fieldName(field)}
                      {t('common.colon')}
                      {from || t('common.none')} → {to || t('common.none')}
                    </div>
                  )),
              },
            ]}
          />
        </>
      ) : null}
    </>
  );
}
