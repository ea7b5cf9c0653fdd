import { Alert, App, Button, Input, Radio, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { SeatTitles } from '../../app/names.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Agreement, Template } from '../../wire.ts';
import { useAgreement, useTemplate } from '../agreement/agreement-queries.ts';
import { ProposeDialog } from '../life/propose-dialog.tsx';
import { AddDialog } from './add-dialog.tsx';
import { type Assumption, readAssumptions, writeAssumptions } from './assumption.ts';
import { Outcome } from './outcome.tsx';
import { useAssumptionSentence } from './sentence.ts';
import { type WhatIf, useWhatIf } from './what-if.ts';
import './what-if.css';

type ChangeAssumption = Extract<Assumption, { kind: 'change' }>;

/** What would be, if something had been otherwise: assumptions that stand in the address, and both lives side by side. */
export function WhatIfPage(): ReactNode {
  const { id = '' } = useParams();
  const agreement = useAgreement(id);
  const template = useTemplate(agreement.data?.template);
  return (
    <div className="page">
      {agreement.isPending ? (
        <div className="panel">
          <Skeleton active paragraph={{ rows: 8 }} />
        </div>
      ) : null}
      {agreement.error ? <ProblemAlert error={agreement.error} retry={() => void agreement.refetch()} /> : null}
      {agreement.data ? (
        <SeatTitles value={agreement.data.seatTitles}>
          <Trial key={id} agreement={agreement.data} template={template.data} />
        </SeatTitles>
      ) : null}
    </div>
  );
}

function Trial({ agreement, template }: { agreement: Agreement; template: Template | undefined }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const { address, narrow } = useAddressFilters({ replace: true });
  const [adding, setAdding] = useState(false);
  const [proposed, setProposed] = useState<ChangeAssumption | null>(null);
  const mayAct = useMay('agreements.act');
  const assumptions = readAssumptions(address.get('if'));
  const others = address.get('others') === 'nobody' ? 'nobody' : 'in-time';
  const until = address.get('until');
  const asked = useWhatIf(agreement.id, { assumptions, others, ...(until === null ? {} : { horizon: until }) });
  const { data: answer, error, isFetching, isPending, isPlaceholderData } = asked;
  const title = `${t('whatIf.title')} · ${format.text(agreement.title)}`;
  usePageTitle(title);
  const assume = (next: Assumption[]): void => narrow('if', writeAssumptions(next));
  const share = async (): Promise<void> => {
    await navigator.clipboard.writeText(window.location.href);
    void message.success(t('whatIf.shared'));
  };
  const isDraft = agreement.status === 'draft';
  const back = isDraft ? `/agreements/${agreement.id}/draft` : `/agreements/${agreement.id}`;
  return (
    <div className="stack">
      <div className="panel stack">
        <div className="heading">
          <h1 className="grow">{title}</h1>
          <div className="actions what-if-edit">
            <Link to={back}>{t('whatIf.back')}</Link>
            <Button onClick={() => void share()}>{t('whatIf.share')}</Button>
            <Button onClick={() => window.print()}>{t('whatIf.print')}</Button>
          </div>
        </div>
        <Alert type="warning" showIcon title={t('whatIf.trial')} description={t('whatIf.trialExplained')} />
        <div className="heading">
          <h2 className="section-title">{t('whatIf.assumptions')}</h2>
        </div>
        <Assumptions
          assumptions={assumptions}
          answer={answer}
          template={template}
          assume={assume}
          propose={mayAct && answer?.can.amend ? setProposed : null}
        />
        <div className="what-if-assume">
          <div className="what-if-edit">
            <Button type="primary" disabled={!answer || !template} onClick={() => setAdding(true)}>
              {t('whatIf.add')}
            </Button>
          </div>
          <div>
            <label htmlFor="what-if-until">{t('whatIf.horizon')}</label>
            <Input
              id="what-if-until"
              type="date"
              value={until ?? answer?.horizon ?? ''}
              min={answer?.earliest}
              max={answer?.latest}
              onChange={(event) => narrow('until', event.target.value)}
              style={{ width: 180 }}
            />
            <div className="muted small">{t('whatIf.horizonHelp', { zone: format.zone(agreement.zone) })}</div>
          </div>
          <div>
            <span className="muted">{t('whatIf.others')}</span>
            <Radio.Group
              className="what-if-others"
              aria-label={t('whatIf.others')}
              name="what-if-others"
              value={others}
              onChange={(event) => narrow('others', event.target.value === 'nobody' ? 'nobody' : '')}
              options={(['in-time', 'nobody'] as const).map((value) => ({
                value,
                label: t(`whatIf.othersKind.${value}`),
              }))}
            />
          </div>
        </div>
      </div>
      <div className="panel stack" aria-busy={isFetching} aria-live="polite">
        {isPending ? (
          <>
            <span className="muted">{t('whatIf.computing')}</span>
            <Skeleton active paragraph={{ rows: 6 }} />
          </>
        ) : null}
        {error ? <ProblemAlert error={error} retry={() => void asked.refetch()} /> : null}
        {isPlaceholderData ? <p className="muted">{t('whatIf.stale')}</p> : null}
        {answer?.divergence ? (
          <Alert
            type="error"
            showIcon
            title={t('whatIf.diverges')}
            description={t('whatIf.divergesExplained', {
              sequence: answer.divergence.sequence,
              what: format.text(answer.divergence.title),
            })}
          />
        ) : null}
        {answer && !answer.divergence && !error ? <Outcome answer={answer} template={template} /> : null}
      </div>
      {adding && answer && template ? (
        <AddDialog
          agreement={agreement}
          template={template}
          answer={answer}
          add={(one) => assume([...assumptions, one])}
          close={() => setAdding(false)}
        />
      ) : null}
      {proposed ? (
        <ProposeDialog
          agreement={agreement}
          initial={{ changes: proposed.changes, effectiveOn: proposed.from }}
          close={() => setProposed(null)}
          done={(_answer, what) => void message.success(what)}
        />
      ) : null}
    </div>
  );
}

/** What is assumed, in plain sentences, each with what can be done about it. */
function Assumptions({
  assumptions,
  answer,
  template,
  assume,
  propose,
}: {
  assumptions: Assumption[];
  answer: WhatIf | undefined;
  template: Template | undefined;
  assume: (next: Assumption[]) => void;
  /** Null: the reader may not, or the contract knows no amendment. */
  propose: ((assumption: ChangeAssumption) => void) | null;
}): ReactNode {
  const { t } = useTranslation();
  const sentence = useAssumptionSentence({ answer, template });
  if (assumptions.length === 0) return <p className="muted">{t('whatIf.assumptionsNone')}</p>;
  return (
    <ol className="what-if-list">
      {assumptions.map((assumption, index) => {
        const what = sentence(assumption);
        return (
          // The same may be assumed twice.
          <li key={`${JSON.stringify(assumption)} ${String(index)}`}>
            {what}{' '}
            <span className="what-if-edit">
              <Button
                type="link"
                size="small"
                aria-label={t('whatIf.removeNamed', { what })}
                onClick={() => assume(assumptions.filter((one) => one !== assumption))}
              >
                {t('whatIf.remove')}
              </Button>
              {propose !== null && assumption.kind === 'change' ? (
                <Button type="link" size="small" onClick={() => propose(assumption)}>
                  {t('whatIf.propose')}
                </Button>
              ) : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
