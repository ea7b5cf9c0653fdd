import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { useMay } from '../../app/me.ts';
import { offsetText, wallOf } from '../../app/moment.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { timeLeft } from '../cases/time-left.ts';
import { type TaskFacts, useTaskWords } from '../tasks/task-words.ts';
import { TODAY, type TodayItem } from './today.ts';
import { hasDialog, placeOf } from './where.ts';

/** One thing that is waited for: what, of which agreement, who has to act, by when, and the way to do it. */
export function TodayRow({ item, act }: { item: TodayItem; act: (item: TodayItem) => void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { agreement, waitsFor, mine } = item;
  return (
    <li className="due-item" data-kind={item.kind}>
      <div className="due-what">
        <What item={item} />
        {agreement ? (
          <div className="small">
            <Link to={`/agreements/${encodeURIComponent(agreement.id)}`}>{format.text(agreement.title)}</Link>{' '}
            <span className="muted">{agreement.parties.join(' / ')}</span>
          </div>
        ) : null}
      </div>
      <div className="due-who">
        {waitsFor.length === 0 ? (
          <span className="muted">{t('today.byItself')}</span>
        ) : (
          <>
            <span className="muted">{t('today.waitsFor')}</span>{' '}
            {waitsFor.map(({ title }) => format.text(title)).join(t('common.listSeparator'))}
          </>
        )}
        {mine ? (
          <>
            {' '}
            <Tag color="blue">{t('today.mine')}</Tag>
          </>
        ) : null}
      </div>
      <div className="due-when">
        <When item={item} />
      </div>
      <div className="due-act">
        <Act item={item} act={act} />
      </div>
    </li>
  );
}

function What({ item }: { item: TodayItem }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const wordsOf = useTaskWords();
  const { kind, act, title, topic, process, task, about } = item;
  if (task) {
    const { text, cure } = wordsOf(task as TaskFacts);
    return (
      <>
        <Tag>{t('todayKind.task')}</Tag> <span className="due-title">{text}</span>
        <div className="muted small">{cure}</div>
      </>
    );
  }
  const isNamed = kind === 'improvement' || kind === 'risk' || kind === 'engagement';
  const name = title ? format.text(title) : (topic ?? process?.reference ?? '');
  return (
    <>
      <Tag>{t(`todayKind.${kind}`)}</Tag>{' '}
      <span className="due-title">{t(`todayAct.${act}`, { defaultValue: act })}</span>{' '}
      {name === '' ? null : <span className="break">{name}</span>}
      {isNamed && about !== null ? <span className="muted"> {about}</span> : null}
    </>
  );
}

/** The moment with its zone, and what is left of it. */
function When({ item }: { item: TodayItem }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { dueAt, localDate, daysPast, near, paused, since } = item;
  if (dueAt === null || localDate === null) {
    return (
      <span className="muted">
        {paused ? t('today.paused') : since === null ? t('today.noDate') : t('today.since', { at: format.here(since) })}
      </span>
    );
  }
  const left = timeLeft(dueAt, Date.now());
  const span =
    left.days > 0
      ? t(left.hours > 0 ? 'today.daysHours' : 'today.wholeDays', { ...left })
      : t(left.hours > 0 ? 'today.hoursMinutes' : 'today.minutes', { ...left });
  return (
    <>
      <div className="nowrap">
        {format.due(dueAt, localDate)} <span className="muted small">{offsetText(dueAt)}</span>
      </div>
      {left.late ? (
        <span className="late">
          {/* What ends with a day is late by days, what ends with an hour by hours. */}
          {wallOf(dueAt, 'UTC').time === '00:00' && daysPast !== null && daysPast > 0
            ? t('today.past', { count: daysPast })
            : t('today.pastBy', { span })}
        </span>
      ) : (
        <span className={near ? 'late' : 'muted'}>
          {t('today.left', { span })}
          {near ? t('common.brackets', { inside: t('today.near') }) : ''}
        </span>
      )}
    </>
  );
}

function Act({ item, act }: { item: TodayItem; act: (item: TodayItem) => void }): ReactNode {
  const { t } = useTranslation();
  const mayEnter = useMay('agreements.manage');
  const mayAct = useMay('agreements.act') && (item.mine || mayEnter);
  const place = placeOf(item);
  if (item.task) return <TaskDone id={item.task.id} />;
  // A reviewer's word is nobody else's to enter.
  if (mayAct && hasDialog(item) && (item.mine || item.act !== 'review')) {
    return (
      <Button size="small" type={item.mine ? 'primary' : 'default'} onClick={() => act(item)}>
        {t(`todayDo.${item.act}`)}
      </Button>
    );
  }
  if (place === null) return null;
  const label = item.kind === 'draft' ? t('todayDo.start') : mayAct ? t('todayDo.handle') : t('todayDo.look');
  return (
    <Link to={place} className="ant-btn-link">
      <Button size="small" type={item.mine ? 'primary' : 'default'} ghost={item.mine} tabIndex={-1}>
        {label}
      </Button>
    </Link>
  );
}

function TaskDone({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const intent = useIntent();
  const mayManage = useMay('tasks.manage');
  const done = useMutation({
    mutationFn: () => intent(id, (key) => request(`/tasks/${id}/done`, { method: 'POST', key })),
    onSuccess: () => queries.invalidateQueries({ queryKey: TODAY }),
  });
  if (!mayManage) return <Link to="/tasks">{t('todayDo.look')}</Link>;
  return (
    <>
      <Button size="small" loading={done.isPending} onClick={() => done.mutate()}>
        {t('tasks.markDone')}
      </Button>
      <ProblemAlert error={done.error} />
    </>
  );
}
