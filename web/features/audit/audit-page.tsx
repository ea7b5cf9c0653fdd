import { useQuery } from '@tanstack/react-query';
import { Select, Skeleton, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { queryString, request } from '../../api.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { SeatTitles } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { AgreementSummary, Page } from '../../wire.ts';
import { useAgreement } from '../agreement/agreement-queries.ts';
import './audit.css';
import { type Audit, useAudit } from './audit.ts';
import { Evidence } from './evidence.tsx';
import { Narrative } from './narrative.tsx';
import { Refused } from './refused.tsx';
import { Verification } from './verification.tsx';

const TABS = ['narrative', 'verify', 'evidence', 'refused'] as const;

/** The auditor's page: what happened, in words; whether the record is what really ran; the evidence to take away. */
export function AuditPage(): ReactNode {
  const { t } = useTranslation();
  const { id } = useParams();
  usePageTitle(t('audit.title'));
  return (
    <div className="page audit">
      <h1>{t('audit.title')}</h1>
      <AgreementChoice chosen={id} />
      {id ? <AuditOf key={id} id={id} /> : <div className="empty">{t('audit.chooseFirst')}</div>}
    </div>
  );
}

function AgreementChoice({ chosen }: { chosen: string | undefined }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const agreements = useQuery({
    queryKey: ['agreements', 'choice', search],
    queryFn: ({ signal }) =>
      request<Page<AgreementSummary>>(`/agreements${queryString({ search, limit: 20 })}`, { signal }),
    placeholderData: (before) => before,
  });
  const label = ({ title, parties, status }: AgreementSummary): string =>
    `${format.text(title)} · ${Object.values(parties)
      .map(({ name }) => name)
      .join(' / ')} · ${t(`agreementStatus.${status}`)}`;
  const found = (agreements.data?.items ?? []).filter(({ status }) => status !== 'draft');
  const current = useAgreement(chosen).data;
  const isListed = !current || found.some(({ id }) => id === current.id);
  const options = (isListed ? found : [current, ...found]).map((agreement) => ({
    value: agreement.id,
    label: label(agreement),
  }));
  return (
    <section className="panel stack audit-choice">
      <label htmlFor="audit-agreement">{t('audit.choose')}</label>
      <Select
        id="audit-agreement"
        showSearch={{ onSearch: setSearch, filterOption: false }}
        value={options.find(({ value }) => value === chosen)?.value ?? null}
        placeholder={t('audit.choosePlaceholder')}
        options={options}
        loading={agreements.isFetching}
        onChange={(value: string) => void navigate(`/audit/${value}`)}
        style={{ width: '100%' }}
        notFoundContent={t('audit.nothingToReplay')}
      />
      <ProblemAlert error={agreements.error} />
    </section>
  );
}

/** The document of one agreement: what happened, whether the record is true, the evidence to take away, what was refused. */
function AuditOf({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { address } = useAddressFilters();
  const navigate = useNavigate();
  const agreement = useAgreement(id);
  const { data } = agreement;
  const audit = useAudit(id);
  const begun = audit.data;
  if (agreement.isPending) return <Skeleton active />;
  if (agreement.error || !data) return <ProblemAlert error={agreement.error} retry={() => void agreement.refetch()} />;
  const shown = TABS.find((tab) => tab === address.get('tab')) ?? 'narrative';
  const needing = (part: (of: Audit) => ReactNode): ReactNode => (begun ? part(begun) : <Skeleton active />);
  const parts: Record<(typeof TABS)[number], () => ReactNode> = {
    narrative: () => <Narrative agreement={data} audit={begun} />,
    verify: () => needing((of) => <Verification agreement={data} audit={of} />),
    evidence: () => needing((of) => <Evidence agreement={data} audit={of} />),
    refused: () => <Refused agreement={data} />,
  };
  return (
    <SeatTitles value={data.seatTitles}>
      <div className="audit-of">
        <h2>
          <Link to={`/agreements/${id}`}>{format.text(data.title)}</Link>
        </h2>
        <div className="muted">
          {Object.values(data.parties)
            .map(({ name }) => name)
            .join(' / ')}
          {begun ? ` · ${t('audit.sequence', { count: begun.events })}` : ''}
        </div>
      </div>
      <ProblemAlert error={audit.error} retry={() => void audit.refetch()} />
      <Tabs
        className="audit-tabs"
        activeKey={shown}
        // Filters are the narrative's alone.
        onChange={(tab) => void navigate(tab === 'narrative' ? '?' : `?tab=${tab}`, { replace: true })}
        items={TABS.map((tab) => ({
          key: tab,
          label: t(`auditTab.${tab}`),
          children: tab === shown ? parts[tab]() : null,
        }))}
      />
    </SeatTitles>
  );
}
