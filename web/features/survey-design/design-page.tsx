import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { SeatTitles } from '../../app/names.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Agreement } from '../../wire.ts';
import { useAgreement } from '../agreement/agreement-queries.ts';
import type { Json } from '../surveys/questionnaire.ts';
import { Questions } from '../surveys/questions.tsx';
import { ShownAs } from '../surveys/shown-as.tsx';
import type { Survey, Weights } from '../surveys/survey.ts';
import { surveyKey, surveyPath, useSurvey } from '../surveys/survey-queries.ts';
import { Designer } from './designer.tsx';

interface Draft {
  json: Json;
  weights: Weights;
  from: 'bank' | 'previous';
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Where a questionnaire is designed: what is asked on one side, what customers see on the other. */
export function DesignPage(): ReactNode {
  const { id = '', survey: surveyId = '' } = useParams();
  const { t } = useTranslation();
  const agreement = useAgreement(id);
  const survey = useSurvey(id, surveyId);
  const failed = [agreement, survey].find(({ error, data }) => error !== null && data === undefined);
  usePageTitle(t('design.title'));
  return (
    <div className="page">
      <Link to={`/agreements/${encodeURIComponent(id)}/surveys/${encodeURIComponent(surveyId)}`}>
        {t('design.back')}
      </Link>
      <h1>{t('design.title')}</h1>
      {failed ? (
        <ProblemAlert error={failed.error} retry={() => void failed.refetch()} />
      ) : agreement.data && survey.data ? (
        <SeatTitles value={agreement.data.seatTitles}>
          {survey.data.can.includes('design') ? (
            <Begun key={surveyId} agreement={agreement.data} survey={survey.data} />
          ) : (
            <Frozen survey={survey.data} />
          )}
        </SeatTitles>
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </div>
  );
}

/** Begins with the version so far, else with our bank's; beside it the last cycle's. */
function Begun({ agreement, survey }: { agreement: Agreement; survey: Survey }): ReactNode {
  const json = survey.questionnaire?.json;
  const path = `${surveyPath(agreement.id, survey.id)}/draft`;
  const key = [...surveyKey(agreement.id, survey.id), 'draft'];
  const bank = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request<Draft>(path, { signal }),
    staleTime: Infinity,
  });
  const previous = useQuery({
    queryKey: [...key, 'previous'],
    queryFn: ({ signal }) => request<Draft>(`${path}?from=previous`, { signal }),
    staleTime: Infinity,
  });
  const failed = [bank, previous].find(({ error }) => error !== null);
  if (failed) return <ProblemAlert error={failed.error} retry={() => void failed.refetch()} />;
  if (!bank.data || !previous.data) return <Skeleton active paragraph={{ rows: 10 }} />;
  const last = previous.data.from === 'previous' ? previous.data : null;
  const proposed = last ?? bank.data;
  const begin = isJson(json)
    ? { json, weights: survey.questionnaire?.weights ?? {} }
    : { json: proposed.json, weights: proposed.weights };
  const hasWeights = Object.keys(begin.weights).length > 0;
  return (
    <Designer
      agreement={agreement}
      survey={survey}
      begin={{ json: begin.json, weights: hasWeights ? begin.weights : null }}
      bank={bank.data.json}
      previous={last?.json ?? null}
    />
  );
}

/** What cannot be designed any more, by this reader or by anybody: the text as it stands, and its hash. */
function Frozen({ survey }: { survey: Survey }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { questionnaire, publishedAt } = survey;
  return (
    <section className="panel stack">
      <h2>{format.text(survey.title)}</h2>
      <Alert type="info" showIcon title={t(publishedAt === null ? 'design.notYours' : 'design.frozen')} />
      {questionnaire ? (
        <>
          <p className="muted small break">
            {t('design.version', { version: questionnaire.version })} · SHA-256{' '}
            <span className="mono">{questionnaire.sha256}</span>
          </p>
          <ShownAs json={questionnaire.json} plain={t('surveys.listed')}>
            <Questions json={questionnaire.json} />
          </ShownAs>
        </>
      ) : (
        <p className="muted">{t('design.none')}</p>
      )}
    </section>
  );
}
