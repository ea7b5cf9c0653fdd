import { Alert, Button, Drawer, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { AnswerFilter, AnswerPage } from './insight.ts';
import { useAnswers } from './insight-queries.ts';
import type { Survey } from './survey.ts';

/** The answers behind a figure, as far as they may be shown. */
export function AnswersDrawer({
  agreementId,
  survey,
  filter,
  close,
}: {
  agreementId: string;
  survey: Survey;
  filter: AnswerFilter;
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const answers = useAnswers(agreementId, survey, filter);
  const { data, error } = answers;
  const first = data?.pages[0];
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Drawer
      open
      onClose={close}
      size="min(640px, 100vw)"
      title={t('byQuestion.answers', { count: first?.total ?? 0 })}
      closable={{ 'aria-label': t('surveys.finish') }}
    >
      <div className="stack">
        {error ? <ProblemAlert error={error} retry={() => void answers.refetch()} /> : null}
        {answers.isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
        {survey.provides.anonymous && first && !first.withheld ? (
          <Alert type="info" showIcon title={t('byQuestion.anonymous')} />
        ) : null}
        {first?.withheld ? (
          <Alert
            type="info"
            showIcon
            title={t(first.why === 'anonymous-group' ? 'byQuestion.withheldGroup' : 'byQuestion.withheld')}
          />
        ) : null}
        {first && !first.withheld && items.length === 0 ? (
          <div className="empty">{t('byQuestion.noneFound')}</div>
        ) : null}
        <ol className="answer-list">
          {items.map((item) => (
            <li key={item.id}>
              <OneAnswer item={item} onlyWords={filter.words !== undefined} />
            </li>
          ))}
        </ol>
        {answers.hasNextPage ? (
          <Button loading={answers.isFetchingNextPage} onClick={() => void answers.fetchNextPage()}>
            {t('common.more')}
          </Button>
        ) : null}
      </div>
    </Drawer>
  );
}

function OneAnswer({ item, onlyWords }: { item: AnswerPage['items'][number]; onlyWords: boolean }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const mayOpen = useMay('directory.read');
  const { customer, channel, receivedOn } = item;
  const who = customer && `${customer.name} (${customer.key})`;
  const from = [
    channel === null ? '' : t(`surveyChannel.${channel}`),
    receivedOn === null ? '' : format.date(receivedOn),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <>
      <div>
        {who === null ? (
          <span className="muted">{t('byQuestion.nobody', { number: item.id })}</span>
        ) : mayOpen && customer ? (
          <Link to={`/customers/${customer.id}`}>{who}</Link>
        ) : (
          who
        )}
      </div>
      {from === '' ? null : <div className="muted small">{from}</div>}
      {customer?.erased ? <div className="muted small">{t('byQuestion.erased')}</div> : null}
      <dl className="facts">
        {item.said
          .filter(({ isWords }) => isWords || !onlyWords)
          .map(({ name, title, value, isWords }) => (
            <div key={name}>
              <dt>{format.text(title)}</dt>
              <dd className={isWords ? 'said' : ''}>{format.text(value)}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}
