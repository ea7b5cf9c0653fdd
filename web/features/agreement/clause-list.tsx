import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import type { Life } from '../life/life.ts';
import { useTemplate } from './agreement-queries.ts';
import { clausesIn, restingOn } from './resting.ts';
import { ITEM_LABEL } from './sections.ts';

/** Every clause that something of this agreement rests on, and what that is. */
export function ClauseList({ agreement, life }: { agreement: Agreement; life: Life | undefined }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const template = useTemplate(agreement.template).data;
  const termLabel = (name: string): string => {
    const term = template?.terms.find((one) => one.name === name);
    return term ? format.text(term.label) : name;
  };
  return (
    <Records<string>
      label={t(ITEM_LABEL.clauses)}
      rows={clausesIn(agreement, life)}
      rowKey={(clause) => clause}
      empty={t('agreementPage.noClauses')}
      columns={[
        {
          key: 'clause',
          title: t('common.clauses'),
          heading: true,
          render: (clause) => <ClauseLinks clauses={[clause]} />,
        },
        {
          key: 'duties',
          title: t('obligations.title'),
          render: (clause) =>
            restingOn(agreement, life, clause)
              .duties.map(({ title }) => format.text(title))
              .join(t('common.listSeparator')),
        },
        {
          key: 'terms',
          title: t(ITEM_LABEL.terms),
          render: (clause) =>
            restingOn(agreement, life, clause)
              .terms.map(({ name }) => termLabel(name))
              .join(t('common.listSeparator')),
        },
        {
          key: 'rules',
          title: t('agreementPage.rules'),
          render: (clause) =>
            [
              ...new Set(
                restingOn(agreement, life, clause).rules.map(({ title, kind }) =>
                  title ? format.text(title) : t(ITEM_LABEL[kind]),
                ),
              ),
            ].join(t('common.listSeparator')),
        },
        {
          key: 'all',
          title: t('agreementPage.here'),
          render: (clause) => (
            <Link className="listed-link" to={`?${new URLSearchParams({ clause }).toString()}`}>
              {t('agreementPage.whatRests')}
            </Link>
          ),
        },
      ]}
    />
  );
}
