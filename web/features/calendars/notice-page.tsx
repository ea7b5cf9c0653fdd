import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, InputNumber, Modal, Skeleton, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { ApiProblem, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import {
  CALENDARS,
  type CalendarDetail,
  type CalendarVersion,
  FESTIVALS,
  type Notice,
  type Preview,
  REDATINGS,
  yearToEnter,
} from './calendar.ts';
import { Changes } from './changes.tsx';
import { type NoticeForm, forgetNotice, keepNotice, keptNotice, noticeOf } from './kept-notice.ts';
import { HolidayRows, MakeUpRows } from './notice-rows.tsx';
import './calendars.css';

/** Enters a year's official notice: the next version of the newest calendar. */
export function NoticePage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('calendars.enter'));
  const versions = useQuery({
    queryKey: CALENDARS,
    queryFn: ({ signal }) => request<{ items: CalendarVersion[] }>('/calendars', { signal }),
  });
  const { data, error, isPending } = versions;
  const base = data?.items.find(({ newest }) => newest);
  return (
    <div className="page">
      <div className="heading">
        <div className="grow">
          <h1>{t('calendars.enter')}</h1>
          <Link to="/calendars">{t('calendars.back')}</Link>
        </div>
      </div>
      <ProblemAlert error={error} retry={() => void versions.refetch()} />
      {isPending ? <Skeleton active /> : null}
      {base ? <Entering key={base.version} base={base} /> : null}
    </div>
  );
}

function blank(base: CalendarVersion): NoticeForm {
  return {
    year: yearToEnter(base),
    holidays: FESTIVALS.map((name, index) => ({ id: index + 1, name, also: [], title: '', from: '', to: '' })),
    makeUp: [{ id: 1, name: 'spring-festival', date: '' }],
    ...{ documentNumber: '', issuedOn: '', link: '' },
  };
}

function Entering({ base }: { base: CalendarVersion }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const intent = useIntent();
  const reference = `${base.id}@${base.version}`;
  const [form, setForm] = useState<NoticeForm>(() => keptNotice(reference) ?? blank(base));
  const [isRead, setRead] = useState(false);
  const change = (to: Partial<NoticeForm>): void => {
    const next = { ...form, ...to };
    setForm(next);
    keepNotice(reference, next);
  };
  const body = { id: base.id, previous: base.version, notice: noticeOf(form) };
  const reading = useMutation({
    mutationFn: async (file: File) =>
      request<{ notice: Omit<Notice, 'source' | 'year'> & { year: number | null } }>('/calendars/file', {
        method: 'POST',
        body: { content: await file.text() },
      }),
    onSuccess: ({ notice }) => {
      setRead(true);
      change({
        year: notice.year ?? form.year,
        holidays: notice.holidays.map(({ name, also = [], title, from, to }, index) => ({
          ...{ id: index + 1, name, also, from, to },
          title: title?.zh ?? '',
        })),
        makeUp: notice.makeUp.map(({ name, date }, index) => ({ id: index + 1, name, date })),
      });
    },
  });
  const preview = useMutation({
    mutationFn: () => request<Preview>('/calendars/preview', { method: 'POST', body }),
  });
  const saving = useMutation({
    mutationFn: () => intent(body, (key) => request<CalendarDetail>('/calendars', { method: 'POST', key, body })),
    onSuccess: async () => {
      forgetNotice();
      await Promise.all([
        queries.invalidateQueries({ queryKey: CALENDARS }),
        queries.invalidateQueries({ queryKey: REDATINGS }),
        queries.invalidateQueries({ queryKey: ['tasks'] }),
      ]);
      void navigate('/calendars?tab=proposals');
    },
  });
  const problem = preview.error ?? saving.error;
  const faults = problem instanceof ApiProblem ? (problem.problem.errors ?? []) : [];
  // Rows without dates are not sent: what is wrong is named by its place among those that are.
  const sent = form.holidays.flatMap(({ from, to }, index) => (from !== '' || to !== '' ? [index] : []));
  const sentMakeUp = form.makeUp.flatMap(({ date }, index) => (date !== '' ? [index] : []));
  const faultOf = (path: string): string | undefined => {
    const [list, at, field] = path.split('.');
    const index = (list === 'holidays' ? sent : sentMakeUp).indexOf(Number(at));
    const found = faults.find((one) => one.path === `notice.${list ?? ''}.${String(index)}.${field ?? ''}`);
    return found && `${found.message}${found.cure ? t('common.then') + found.cure : ''}`;
  };
  const isAtField = (path: string): boolean => /^notice\.(holidays|makeUp)\.\d+\./.test(path);
  const shown = preview.data;
  return (
    <>
      <section className="panel stack">
        <p className="muted none-yet">{t('calendars.enterExplained', { version: reference })}</p>
        <div className="toolbar">
          <Upload
            accept=".csv,.json,.txt"
            showUploadList={false}
            beforeUpload={(file) => {
              reading.mutate(file);
              return false;
            }}
          >
            <Button loading={reading.isPending}>{t('calendars.readFile')}</Button>
          </Upload>
          <span className="muted small">{t('calendars.fileHint')}</span>
        </div>
        <ProblemAlert error={reading.error} />
        {isRead && !reading.error ? <Alert type="success" showIcon title={t('calendars.fileRead')} /> : null}
        <h2>{t('calendars.noticeItself')}</h2>
        <div className="pairs-form">
          <label htmlFor="notice-year">{t('calendars.year')}</label>
          <InputNumber
            id="notice-year"
            min={1900}
            max={2999}
            precision={0}
            value={form.year}
            onChange={(year) => change({ year: year ?? form.year })}
          />
          <label htmlFor="notice-number">{t('calendars.documentNumber')}</label>
          <Input
            id="notice-number"
            maxLength={300}
            value={form.documentNumber}
            onChange={(event) => change({ documentNumber: event.target.value })}
          />
          <label htmlFor="notice-on">{t('calendars.issuedOn')}</label>
          <Input
            id="notice-on"
            type="date"
            value={form.issuedOn}
            onChange={(event) => change({ issuedOn: event.target.value })}
          />
          <label htmlFor="notice-link">{t('calendars.link')}</label>
          <Input
            id="notice-link"
            maxLength={300}
            value={form.link}
            onChange={(event) => change({ link: event.target.value })}
          />
        </div>
        <h2>{t('calendars.holidays')}</h2>
        <p className="muted small none-yet">{t('calendars.holidaysExplained')}</p>
        <HolidayRows rows={form.holidays} change={(holidays) => change({ holidays })} faultOf={faultOf} />
        <h2>{t('calendars.makeUps')}</h2>
        <p className="muted small none-yet">{t('calendars.makeUpsExplained')}</p>
        <MakeUpRows rows={form.makeUp} change={(makeUp) => change({ makeUp })} faultOf={faultOf} />
        {preview.error && faults.length > 0 && faults.every(({ path }) => isAtField(path)) ? (
          <Alert type="error" showIcon title={t('calendars.seeFields', { count: faults.length })} />
        ) : (
          <ProblemAlert error={preview.error} shownElsewhere={isAtField} />
        )}
        <div className="toolbar">
          <Button
            type="primary"
            loading={preview.isPending}
            disabled={form.documentNumber.trim() === '' || form.issuedOn === ''}
            onClick={() => {
              saving.reset();
              preview.mutate();
            }}
          >
            {t('calendars.preview')}
          </Button>
          {form.documentNumber.trim() === '' || form.issuedOn === '' ? (
            <span className="muted small">{t('calendars.sourceNeeded')}</span>
          ) : null}
          <Button
            onClick={() => {
              forgetNotice();
              setRead(false);
              preview.reset();
              setForm(blank(base));
            }}
          >
            {t('calendars.startAgain')}
          </Button>
        </div>
      </section>
      <Modal
        open={shown !== undefined}
        title={shown ? t('calendars.previewTitle', { version: `${shown.id}@${shown.version}` }) : ''}
        width={760}
        okText={t('calendars.save')}
        okButtonProps={{ loading: saving.isPending }}
        cancelText={t('calendars.backToForm')}
        onOk={() => saving.mutate()}
        onCancel={() => preview.reset()}
      >
        {shown ? (
          <div className="stack">
            <p>
              {t('calendars.previewCounts', {
                year: shown.year.year,
                working: shown.year.working,
                rest: shown.year.rest,
                makeUp: shown.year.makeUp,
              })}{' '}
              {t('calendars.provisionalNext', { from: format.date(shown.provisionalFrom) })}
            </p>
            <Alert type="info" showIcon title={t('calendars.nothingMoves', { count: shown.pinned })} />
            <ProblemAlert error={saving.error} />
            <h3>{t('calendars.changesSince', { version: reference })}</h3>
            <Changes changes={shown.changes} />
          </div>
        ) : null}
      </Modal>
    </>
  );
}
