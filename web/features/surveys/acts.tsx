import { Alert, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchFile } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import type { Text } from '../../wire.ts';
import { FileChoice } from '../agreement/file-choice.tsx';
import { ActModal, type ActProps } from './act-modal.tsx';
import { CHANNELS } from './channels.ts';
import { DrawDialog } from './draw-dialog.tsx';
import { isWhole, weighedOf } from './numbers.ts';
import type { SurveyAct, Weights } from './survey.ts';
import { surveyPath } from './survey-queries.ts';
import { WeightsInput } from './weights-input.tsx';

/** The dialog of one act; a questionnaire is designed on a page of its own. */
export function SurveyActDialog({ act, ...props }: ActProps & { act: Exclude<SurveyAct, 'design'> }): ReactNode {
  switch (act) {
    case 'approve':
      return <Approve {...props} />;
    case 'propose-date':
      return <ProposeDate {...props} />;
    case 'accept-date':
      return <AcceptDate {...props} />;
    case 'draw':
      return <DrawDialog {...props} />;
    case 'publish':
      return <Publish {...props} />;
    case 'close':
      return <Close {...props} />;
    case 'set-weights':
      return <SetWeights {...props} />;
    case 'raise':
      return <Raise {...props} />;
    case 'release':
      return <Release {...props} />;
  }
}

function Approve(props: ActProps): ReactNode {
  const { t } = useTranslation();
  // What was shown is what is approved, whatever comes in meanwhile.
  const [questionnaire] = useState(props.survey.questionnaire);
  const version = questionnaire?.version ?? 0;
  return (
    <ActModal {...props} act="approve" fields={() => ({ version })}>
      <p>{t('surveys.approveExplained', { version, count: questionnaire?.questions ?? 0 })}</p>
    </ActModal>
  );
}

function ProposeDate(props: ActProps): ReactNode {
  const { t } = useTranslation();
  const [date, setDate] = useState('');
  const [checked, setChecked] = useState(false);
  const isMissing = checked && date === '';
  return (
    <ActModal
      {...props}
      act="propose-date"
      fields={() => {
        setChecked(true);
        return date === '' ? null : { date };
      }}
    >
      <p className="muted">{t('surveys.dateExplained')}</p>
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('surveys.surveyDay')}
          htmlFor="survey-day"
          required
          validateStatus={isMissing ? 'error' : ''}
          help={isMissing ? t('surveys.required') : undefined}
        >
          <Input
            id="survey-day"
            type="date"
            value={date}
            onChange={(event) => setDate(event.target.value)}
            style={{ width: 180 }}
          />
        </Form.Item>
      </Form>
    </ActModal>
  );
}

function AcceptDate(props: ActProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [date] = useState(props.survey.date?.proposed ?? '');
  return (
    <ActModal {...props} act="accept-date" fields={() => ({ date })}>
      <p>{t('surveys.acceptDateExplained', { on: date === '' ? '' : format.date(date) })}</p>
    </ActModal>
  );
}

function Publish(props: ActProps): ReactNode {
  const { t } = useTranslation();
  const { provides, sample } = props.survey;
  const agreed = provides.channels;
  const [channels, setChannels] = useState<string[]>(agreed);
  const [checked, setChecked] = useState(false);
  return (
    <ActModal
      {...props}
      act="publish"
      fields={() => {
        setChecked(true);
        return channels.length === 0 ? null : { channels };
      }}
    >
      <Alert
        type="info"
        showIcon
        title={t('surveys.publishExplained', { count: sample?.drawn ?? 0, days: provides.openDays })}
      />
      <fieldset className="party">
        <legend>{t('surveys.channelsLabel')}</legend>
        <Checkbox.Group
          value={channels}
          onChange={(values) => setChannels(values)}
          options={CHANNELS.filter((channel) => agreed.length === 0 || agreed.includes(channel)).map((value) => ({
            value,
            label: t(`surveyChannel.${value}`),
          }))}
        />
        {checked && channels.length === 0 ? <div className="late">{t('surveys.required')}</div> : null}
      </fieldset>
    </ActModal>
  );
}

function Close(props: ActProps): ReactNode {
  const { t } = useTranslation();
  return (
    <ActModal {...props} act="close" danger fields={() => ({})}>
      <p>{t('surveys.closeExplained')}</p>
    </ActModal>
  );
}

/** Begins with what customers said of importance, else with the weights so far. */
function SetWeights(props: ActProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { figures, provides, nextWeights, questionnaire } = props.survey;
  const asked = figures?.dimensions ?? provides.dimensions;
  const proposed = figures?.importance ?? null;
  const used = Object.fromEntries((figures?.dimensions ?? []).map(({ id, weight }) => [id, weight]));
  const before =
    [nextWeights, proposed, questionnaire?.weights, provides.weights, used].find(
      (one) => one != null && Object.keys(one).length > 0,
    ) ?? {};
  const dimensions = weighedOf<{ id: string; title: Text }>(asked, before);
  const [weights, setWeights] = useState<Weights>(() => before);
  const [checked, setChecked] = useState(false);
  return (
    <ActModal
      {...props}
      act="set-weights"
      fields={() => {
        setChecked(true);
        if (!isWhole(weights, dimensions)) return null;
        return { weights: Object.fromEntries(dimensions.map(({ id }) => [id, weights[id]])) };
      }}
    >
      <p className="muted">{t(proposed === null ? 'surveys.weightsExplained' : 'surveys.weightsFromImportance')}</p>
      <WeightsInput
        dimensions={dimensions.map(({ id, title }) => ({ id, title: format.text(title) }))}
        weights={weights}
        change={setWeights}
        showProblem={checked}
      />
    </ActModal>
  );
}

function Raise(props: ActProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { figures, provides } = props.survey;
  const [dimension, setDimension] = useState<string | null>(null);
  const [title, setTitle] = useState('');
  const [details, setDetails] = useState('');
  const [frequency, setFrequency] = useState<number | null>(1);
  const [severity, setSeverity] = useState<number | null>(3);
  const [checked, setChecked] = useState(false);
  const isMissing = checked && title.trim() === '';
  return (
    <ActModal
      {...props}
      act="raise"
      fields={() => {
        setChecked(true);
        if (title.trim() === '' || frequency === null || severity === null) return null;
        return {
          title: title.trim(),
          details: details.trim() === '' ? undefined : details.trim(),
          dimension: dimension ?? undefined,
          frequency,
          severity,
        };
      }}
    >
      <p className="muted">{t('surveys.raiseExplained')}</p>
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('surveys.findingTitle')}
          htmlFor="finding-title"
          required
          validateStatus={isMissing ? 'error' : ''}
          help={isMissing ? t('surveys.required') : undefined}
        >
          <Input id="finding-title" maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
        </Form.Item>
        <Form.Item label={t('surveys.findingDetails')} htmlFor="finding-details">
          <Input.TextArea
            id="finding-details"
            rows={4}
            maxLength={20_000}
            value={details}
            onChange={(event) => setDetails(event.target.value)}
          />
        </Form.Item>
        <Form.Item label={t('surveys.dimension')} htmlFor="finding-dimension">
          <Select<string>
            id="finding-dimension"
            allowClear
            value={dimension}
            onChange={(value?: string) => setDimension(value ?? null)}
            options={(figures?.dimensions ?? provides.dimensions).map((one) => ({
              value: one.id,
              label: format.text(one.title),
            }))}
          />
        </Form.Item>
        <div className="pair">
          <Form.Item label={t('surveys.frequency')} htmlFor="finding-frequency" help={t('surveys.frequencyHelp')}>
            <InputNumber id="finding-frequency" min={1} precision={0} value={frequency} onChange={setFrequency} />
          </Form.Item>
          <Form.Item label={t('surveys.severity')} htmlFor="finding-severity" help={t('surveys.severityHelp')}>
            <InputNumber id="finding-severity" min={1} max={5} precision={0} value={severity} onChange={setSeverity} />
          </Form.Item>
        </div>
      </Form>
    </ActModal>
  );
}

function Release(props: ActProps): ReactNode {
  const { t } = useTranslation();
  const { agreementId, survey } = props;
  const [judgement, setJudgement] = useState('');
  const [recommendations, setRecommendations] = useState('');
  const [withReport, setWithReport] = useState(true);
  const [files, setFiles] = useState<File[]>([]);
  return (
    <ActModal
      {...props}
      act="release"
      width={680}
      fields={() => ({
        judgement: judgement.trim() === '' ? undefined : judgement.trim(),
        recommendations: recommendations.trim() === '' ? undefined : recommendations.trim(),
      })}
      files={async () => [
        ...(withReport
          ? [await fetchFile(`${surveyPath(agreementId, survey.id)}/report.pdf?language=zh`, REPORT_NAME)]
          : []),
        ...files,
      ]}
    >
      <p className="muted">{t('surveys.releaseExplained')}</p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('surveys.judgement')} htmlFor="release-judgement">
          <Input.TextArea
            id="release-judgement"
            rows={5}
            maxLength={20_000}
            value={judgement}
            onChange={(event) => setJudgement(event.target.value)}
          />
        </Form.Item>
        <Form.Item label={t('surveys.recommendations')} htmlFor="release-recommendations">
          <Input.TextArea
            id="release-recommendations"
            rows={4}
            maxLength={20_000}
            value={recommendations}
            onChange={(event) => setRecommendations(event.target.value)}
          />
        </Form.Item>
        <Form.Item>
          <Checkbox checked={withReport} onChange={(event) => setWithReport(event.target.checked)}>
            {t('surveys.withReport')}
          </Checkbox>
        </Form.Item>
        <Form.Item label={t('surveys.moreFiles')}>
          <FileChoice files={files} choose={setFiles} progress={null} disabled={false} />
        </Form.Item>
      </Form>
    </ActModal>
  );
}

const REPORT_NAME = '满意度调查报告.pdf';
