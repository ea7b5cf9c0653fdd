import { Alert, Button, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { SeatTitles } from '../../app/names.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Agreement } from '../../wire.ts';
import { useAgreement } from '../agreement/agreement-queries.ts';
import { AnswerFiles, asksForFiles } from '../answer-files/answer-files.tsx';
import { DocumentLink } from '../agreement/document-link.tsx';
import { PendingCommandAlerts, usePendingCommands } from '../agreement/pending-commands.tsx';
import { Happened } from '../process/happened.tsx';
import { ACT_WORD } from './act-modal.tsx';
import { SurveyActDialog } from './acts.tsx';
import { Demands } from './demands.tsx';
import { ReportDownloads } from './downloads.tsx';
import { EntryDialog, ImportDialog } from './entry.tsx';
import { useSurveyEvent, withoutRepeats } from './happened.ts';
import { Coverage } from './live.tsx';
import { useNextWords } from './next-words.tsx';
import { percentText } from './numbers.ts';
import { OpenLinks } from './open-links.tsx';
import { QuadrantChart } from './quadrant-chart.tsx';
import { QuestionResultsPart } from './question-results.tsx';
import { Questions } from './questions.tsx';
import { ReissueDialog } from './reissue-dialog.tsx';
import { ResponseProgress } from './response-chart.tsx';
import { Results } from './results.tsx';
import { ShownAs } from './shown-as.tsx';
import { SurveySteps } from './steps.tsx';
import type { Survey, SurveyAct } from './survey.ts';
import { TestSend } from './test-send.tsx';
import { useSurvey } from './survey-queries.ts';
import { SurveyStatusTag } from './survey-status.tsx';
import { toneOf } from './survey-step.ts';

/** One cycle of a survey: from the questionnaire to the report that was released. */
export function SurveyPage(): ReactNode {
  const { id = '', survey: surveyId = '' } = useParams();
  const agreement = useAgreement(id);
  const survey = useSurvey(id, surveyId);
  const failed = [agreement, survey].find(({ error, data }) => error !== null && data === undefined);
  return (
    <div className="page">
      {failed ? (
        <ProblemAlert error={failed.error} retry={() => void failed.refetch()} />
      ) : agreement.data && survey.data ? (
        <SeatTitles value={agreement.data.seatTitles}>
          <Cycle key={surveyId} agreement={agreement.data} survey={survey.data} />
        </SeatTitles>
      ) : (
        <div className="panel">
          <Skeleton active paragraph={{ rows: 8 }} />
        </div>
      )}
      {failed === undefined && survey.error ? (
        <ProblemAlert error={survey.error} retry={() => void survey.refetch()} />
      ) : null}
    </div>
  );
}

type Dialog = Exclude<SurveyAct, 'design'> | 'enter' | 'import' | 'reissue' | null;

/** What can be done more than once, and is not what comes next. */
const SIDE: SurveyAct[] = ['close', 'set-weights', 'raise'];

function Cycle({ agreement, survey }: { agreement: Agreement; survey: Survey }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const commands = usePendingCommands(agreement.id);
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<Dialog>(null);
  const mayEnter = useMay('surveys.enter');
  const mayRead = useMay('record.read');
  const title = format.text(survey.title);
  const happened = useSurveyEvent();
  usePageTitle(title);
  const { zone } = agreement;
  const nextWords = useNextWords();
  const [invited, setInvited] = useState<{ customerId: string; name: string } | null>(null);
  const close = (): void => setDialog(null);
  const isPublished = survey.publishedAt !== null;
  const primary = survey.can.find((act) => !SIDE.includes(act) && isNextAct(act, survey));
  const facts = [
    survey.due ? t('surveys.dueOn', { on: format.due(survey.due.dueAt, survey.due.localDate) }) : null,
    survey.agreedDate ? t('surveys.agreedOn', { on: format.date(survey.agreedDate) }) : null,
    survey.closes ? t('surveys.closesOn', { on: format.due(survey.closes.dueAt, survey.closes.localDate) }) : null,
    t('agreement.zone', { zone: format.zone(zone) }),
  ];
  const mayReissue = survey.status === 'open' && mayEnter && (survey.sample?.drawn ?? 0) > 0;
  const capacity = (survey.as.close ?? survey.as.publish ?? survey.as['set-weights'])?.[0];

  return (
    <>
      <div className="heading">
        <div className="grow">
          <Link to={`/agreements/${agreement.id}?tab=surveys`}>{format.text(agreement.title)}</Link>
          <div className="heading">
            <h1>{title}</h1>
            <SurveyStatusTag status={survey.status} />
          </div>
        </div>
        <div className="actions">
          {survey.can.map((act) => (
            <Button
              key={act}
              type={act === primary ? 'primary' : 'default'}
              danger={act === 'close'}
              onClick={() => (act === 'design' ? void navigate('design') : setDialog(act))}
            >
              {t(ACT_WORD[act])}
            </Button>
          ))}
        </div>
      </div>

      <Alert
        type={toneOf(survey)}
        showIcon
        title={<strong>{nextWords(survey)}</strong>}
        description={<span className="small">{facts.filter(Boolean).join(' · ')}</span>}
      />
      <PendingCommandAlerts agreementId={agreement.id} commands={commands} />

      <div className="survey-columns">
        <div className="stack">
          {survey.figures ? (
            <section className="panel">
              <div className="heading">
                <h2 className="grow">{t('surveys.results')}</h2>
                <Link to={`/agreements/${agreement.id}/surveys/compare?survey=${survey.obligation ?? ''}`}>
                  {t('surveys.compare')}
                </Link>
              </div>
              <Results survey={survey} figures={survey.figures} />
              <QuadrantChart figures={survey.figures} />
            </section>
          ) : null}
          {survey.figures && mayRead ? (
            <section className="panel">
              <h2>{t('byQuestion.title')}</h2>
              <QuestionResultsPart agreementId={agreement.id} survey={survey} figures={survey.figures} />
            </section>
          ) : null}
          {isPublished ? (
            <section className="panel">
              <div className="heading">
                <h2 className="grow">{t('surveys.coverageTitle')}</h2>
                {mayEnter ? (
                  <div className="actions">
                    {mayReissue ? <Button onClick={() => setDialog('reissue')}>{t('surveys.reissue')}</Button> : null}
                    <Button onClick={() => setDialog('enter')}>{t('surveys.enterAnswers')}</Button>
                    <Button onClick={() => setDialog('import')}>{t('surveys.import')}</Button>
                  </div>
                ) : null}
              </div>
              <div className="stack">
                <Coverage survey={survey} reissue={mayReissue ? setInvited : undefined} />
                <ResponseProgress agreementId={agreement.id} survey={survey} zone={zone} />
              </div>
            </section>
          ) : null}
          {survey.findings.length > 0 ? (
            <section className="panel">
              <h2>{t('surveys.findings')}</h2>
              <Findings agreementId={agreement.id} survey={survey} />
            </section>
          ) : null}
          {isPublished && mayEnter && survey.status === 'open' ? (
            <section className="panel">
              <h2>{t('surveys.openLinks')}</h2>
              <OpenLinks agreementId={agreement.id} survey={survey} zone={zone} capacity={capacity} />
            </section>
          ) : null}
          {survey.figures ? (
            <section className="panel">
              <h2>{t('surveys.reportLabel')}</h2>
              <Report agreementId={agreement.id} survey={survey} zone={zone} mayRead={mayRead} />
            </section>
          ) : null}
          {isPublished && mayRead && asksForFiles(survey) ? (
            <section className="panel">
              <h2>{t('answerFiles.title')}</h2>
              <AnswerFiles agreementId={agreement.id} survey={survey} />
            </section>
          ) : null}
          {survey.sample ? (
            <section className="panel">
              <h2>{t('surveys.sample')}</h2>
              <Sample sample={survey.sample} />
            </section>
          ) : null}
          {survey.questionnaire ? (
            <section className="panel">
              <h2>{t('surveys.questionnaireTitle', { version: survey.questionnaire.version })}</h2>
              <div className="stack">
                <p className="muted small break none-yet">
                  {t(isPublished ? 'surveys.frozenHash' : 'surveys.hash')}{' '}
                  <span className="mono">{survey.questionnaire.sha256}</span>
                </p>
                {survey.mayTest ? <TestSend agreementId={agreement.id} survey={survey} /> : null}
                <ShownAs json={survey.questionnaire.json} plain={t('surveys.listed')}>
                  <Questions json={survey.questionnaire.json} />
                </ShownAs>
              </div>
            </section>
          ) : null}
          <section className="panel">
            <h2>{t('surveys.demands')}</h2>
            <Demands survey={survey} />
          </section>
          {survey.events.length > 0 ? (
            <section className="panel">
              <Happened
                agreement={agreement}
                events={withoutRepeats(survey.events)}
                title={t('surveys.happened')}
                sentence={happened}
              />
            </section>
          ) : null}
        </div>
        <section className="panel">
          <h2>{t('surveys.course')}</h2>
          <SurveySteps survey={survey} zone={zone} />
        </section>
      </div>

      {(dialog === 'reissue' || invited) && capacity ? (
        <ReissueDialog
          agreementId={agreement.id}
          survey={survey}
          capacity={capacity}
          customer={invited}
          close={() => {
            setInvited(null);
            close();
          }}
        />
      ) : null}
      {dialog === 'enter' ? (
        <EntryDialog agreementId={agreement.id} survey={survey} zone={zone} close={close} />
      ) : dialog === 'import' ? (
        <ImportDialog agreementId={agreement.id} survey={survey} close={close} />
      ) : dialog === null || dialog === 'reissue' ? null : (
        <SurveyActDialog act={dialog} agreementId={agreement.id} survey={survey} close={close} done={commands.done} />
      )}
    </>
  );
}

/** Whether an act is what the cycle waits for, rather than done once more. */
function isNextAct(act: SurveyAct, { questionnaire, sample }: Survey): boolean {
  if (act === 'design') return questionnaire === null;
  if (act === 'draw') return sample === null;
  return true;
}

function Sample({ sample }: { sample: NonNullable<Survey['sample']> }): ReactNode {
  const { t } = useTranslation();
  const tiers = Object.entries(sample.tiers);
  const facts: [string, ReactNode][] = [
    [t('surveys.methodLabel'), t(`surveyMethod.${sample.method}`)],
    [t('surveys.population'), t('surveys.persons', { count: sample.population })],
    [t('surveys.drawn'), t('surveys.persons', { count: sample.drawn })],
    ...(sample.unreachable > 0
      ? [[t('surveys.withoutAddress'), t('surveys.persons', { count: sample.unreachable })] as [string, string]]
      : []),
    ...(sample.optedOut > 0
      ? [[t('surveys.optedOut'), t('surveys.persons', { count: sample.optedOut })] as [string, string]]
      : []),
    ...tiers.map(([tier, count]): [string, string] => [t(`surveyTier.${tier}`), t('surveys.persons', { count })]),
    ...(sample.seed === null ? [] : [[t('surveys.seed'), sample.seed] as [string, string]]),
    ['SHA-256', <span className="mono">{sample.sha256}</span>],
  ];
  return <Facts facts={facts} />;
}

function Findings({ agreementId, survey }: { agreementId: string; survey: Survey }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="plain-list">
      {survey.findings.map(({ finding, title, dimension, improvement }) => {
        const what = title ?? (dimension ? format.text(dimension.title) : finding);
        return (
          <li key={finding}>
            {improvement ? (
              <>
                <Link to={`/agreements/${agreementId}/improvements/${improvement.id}`}>{what}</Link>{' '}
                <Tag>{t(`improvementStatus.${improvement.status}`)}</Tag>
              </>
            ) : (
              what
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Report({
  agreementId,
  survey,
  zone,
  mayRead,
}: {
  agreementId: string;
  survey: Survey;
  zone: string;
  mayRead: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { report } = survey;
  return (
    <div className="stack">
      {report === null ? (
        <div className="muted">{t('surveys.notReleased')}</div>
      ) : (
        <>
          <div>{t('surveys.releasedBy', { who: report.by ?? '—', at: format.instant(report.releasedAt, zone) })}</div>
          {report.judgement ? (
            <div>
              <h3>{t('surveys.judgement')}</h3>
              <p className="said">{report.judgement}</p>
            </div>
          ) : null}
          {report.recommendations ? (
            <div>
              <h3>{t('surveys.recommendations')}</h3>
              <p className="said">{report.recommendations}</p>
            </div>
          ) : null}
          <div className="toolbar">
            {report.documents.map((document) => (
              <DocumentLink key={document.id} agreementId={agreementId} document={document} />
            ))}
          </div>
        </>
      )}
      {mayRead ? (
        <div>
          <h3>{t('surveys.generated')}</h3>
          <ReportDownloads agreementId={agreementId} survey={survey} of="report" />
        </div>
      ) : null}
      <div>
        <h3>{t('surveys.forStaff')}</h3>
        <ReportDownloads agreementId={agreementId} survey={survey} of="publication" />
      </div>
      {survey.nextWeights ? (
        <div className="muted">
          {t('surveys.nextWeights')}{' '}
          {Object.entries(survey.nextWeights)
            .map(([id, weight]) => {
              const known = survey.provides.dimensions.find((one) => one.id === id);
              return `${known ? format.text(known.title) : id} ${percentText(weight)}`;
            })
            .join(t('common.listSeparator'))}
        </div>
      ) : null}
    </div>
  );
}
