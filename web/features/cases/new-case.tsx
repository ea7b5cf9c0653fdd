import { useQuery } from '@tanstack/react-query';
import { Alert, Modal, Select, Spin } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { SeatTitles } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { AgreementSummary, Page } from '../../wire.ts';
import { useAgreement } from '../agreement/agreement-queries.ts';
import { useCases } from './case.ts';
import { OpenDialog } from './open-dialog.tsx';

/** Chooses an agreement under way by part of a name. */
export function AgreementChoice({
  id,
  label,
  value,
  choose,
}: {
  id?: string;
  label?: string;
  value: string;
  choose: (agreementId: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const found = useQuery({
    queryKey: ['agreements', 'choice', search],
    queryFn: ({ signal }) =>
      request<Page<AgreementSummary>>(`/agreements${queryString({ status: 'active', search, limit: 20 })}`, { signal }),
    placeholderData: (before) => before,
  });
  // The one that is chosen has its name, wherever it was found.
  const chosen = useAgreement(value === '' ? undefined : value);
  const named = ({ title, parties }: Pick<AgreementSummary, 'title' | 'parties'>): string =>
    [
      format.text(title),
      Object.values(parties)
        .map(({ name }) => name)
        .join(t('common.listSeparator')),
    ].join(' · ');
  const options = (found.data?.items ?? []).map((one) => ({ value: one.id, label: named(one) }));
  const isKnown = value === '' || options.some((one) => one.value === value);
  return (
    <>
      <Select<string>
        {...(id === undefined ? {} : { id })}
        {...(label === undefined ? {} : { 'aria-label': label })}
        value={value === '' ? null : value}
        allowClear
        placeholder={t('cases.anyAgreement')}
        style={{ width: '100%' }}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        onChange={(agreementId: string | undefined) => choose(agreementId ?? '')}
        notFoundContent={found.isFetching ? <Spin size="small" /> : t('cases.noAgreement')}
        options={isKnown || !chosen.data ? options : [{ value, label: named(chosen.data) }, ...options]}
      />
      {found.error ? <ProblemAlert error={found.error} retry={() => void found.refetch()} /> : null}
    </>
  );
}

/** A text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Writes down a case from the desk: under which agreement first, then what its contract asks for. */
export function NewCase({
  agreementId,
  close,
  done,
}: {
  agreementId: string;
  close: () => void;
  done: (agreementId: string, id: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [chosen, choose] = useState(agreementId);
  const [taken, take] = useState(agreementId);
  return taken === '' ? (
    <Modal
      open
      title={t('cases.open')}
      okText={t('cases.goOn')}
      okButtonProps={{ disabled: chosen === '' }}
      onOk={() => take(chosen)}
      onCancel={close}
      mask={{ closable: false }}
    >
      <p className="muted">{t('cases.chooseAgreement')}</p>
      <label htmlFor="case-agreement">{t('cases.agreement')}</label>
      <AgreementChoice id="case-agreement" value={chosen} choose={choose} />
    </Modal>
  ) : (
    <Opening agreementId={taken} close={close} done={(id) => done(taken, id)} back={() => take('')} />
  );
}

function Opening({
  agreementId,
  close,
  done,
  back,
}: {
  agreementId: string;
  close: () => void;
  done: (id: string) => void;
  back: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const agreement = useAgreement(agreementId);
  const list = useCases({ id: agreementId, status: agreement.data?.status ?? 'starting' });
  if (agreement.data && list.data && list.data.may.open.length > 0) {
    return (
      <SeatTitles value={agreement.data.seatTitles}>
        <OpenDialog agreement={agreement.data} list={list.data} close={close} done={done} />
      </SeatTitles>
    );
  }
  const error = agreement.error ?? list.error;
  return (
    <Modal
      open
      title={t('cases.open')}
      okText={t('cases.otherAgreement')}
      onOk={back}
      onCancel={close}
      mask={{ closable: false }}
    >
      {error ? (
        <ProblemAlert error={error} />
      ) : list.data ? (
        <Alert type="info" showIcon title={t(list.data.rules.length === 0 ? 'cases.knowsNone' : 'cases.notForYou')} />
      ) : (
        <Spin />
      )}
    </Modal>
  );
}
