import { Button, Card, Skeleton, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Template } from '../../wire.ts';
import { useTemplates } from '../agreement/agreement-queries.ts';
import { ClauseLedger } from './ledger.tsx';
import { startWith, templatePage } from './template.ts';

/** What kinds of agreement there are, and the ledger of all the clauses that they were made from. */
export function TemplatesPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('templates.title'));
  const { address, clear, narrow } = useAddressFilters();
  const view = address.get('view') === 'clauses' ? 'clauses' : 'kinds';
  return (
    <div className="page">
      <h1>{t('templates.title')}</h1>
      <Tabs
        activeKey={view}
        onChange={(chosen) => (chosen === 'clauses' ? narrow('view', 'clauses') : clear())}
        items={[
          { key: 'kinds', label: t('templates.kinds'), children: view === 'kinds' ? <Kinds /> : null },
          {
            key: 'clauses',
            label: t('templates.ledger'),
            children: view === 'clauses' ? <ClauseLedger /> : null,
          },
        ]}
      />
    </div>
  );
}

function Kinds(): ReactNode {
  const { t } = useTranslation();
  const templates = useTemplates();
  const { data, error, isPending, refetch } = templates;
  if (isPending) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (!data) return <ProblemAlert error={error} retry={() => void refetch()} />;
  if (data.items.length === 0) return <div className="empty">{t('templates.none')}</div>;
  return (
    <>
      <p className="muted">{t('templates.explained')}</p>
      <ul className="kinds">
        {data.items.map((template) => (
          <li key={template.ref}>
            <Kind template={template} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Kind({ template }: { template: Template }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const mayStart = useMay('agreements.manage');
  const { id, title, summary, parties, source, version, nature, terms, obligations } = template;
  const asked = terms.filter(({ origin, required }) => required || origin === 'blank').length;
  return (
    <Card size="small">
      <h2>
        <Link to={templatePage(id)}>{format.text(title)}</Link>
      </h2>
      <p>{format.text(summary)}</p>
      <dl className="facts">
        <div>
          <dt>{t('templates.between')}</dt>
          <dd>
            {Object.values(parties).map(format.text).join(t('common.listSeparator'))}
            {nature === 'policy' ? ` · ${t('templates.policy')}` : ''}
          </dd>
        </div>
        <div>
          <dt>{t('templates.source')}</dt>
          <dd>{t('templates.sourceOf', { source, version })}</dd>
        </div>
        <div>
          <dt>{t('templates.contents')}</dt>
          <dd>{t('templates.contentsOf', { obligations: obligations.length, terms: terms.length, asked })}</dd>
        </div>
      </dl>
      <div className="actions">
        {mayStart ? (
          <Button
            type="primary"
            size="small"
            aria-label={t('templates.startOf', { what: format.text(title) })}
            onClick={() => void navigate(startWith(id))}
          >
            {t('templates.start')}
          </Button>
        ) : null}
        <Link to={templatePage(id, 'clauses')}>{t('templates.ledger')}</Link>
      </div>
    </Card>
  );
}
