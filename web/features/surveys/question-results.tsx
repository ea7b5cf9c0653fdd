import { Alert, Button, Select, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { AnswersDrawer } from './answers-drawer.tsx';
import type { AnswerFilter, GroupOf, QuestionResult } from './insight.ts';
import { useQuestionResults } from './insight-queries.ts';
import { figureText, percentText } from './numbers.ts';
import type { Estimate, Figures, Survey } from './survey.ts';

/** What each question was answered with, in all or in one group; every figure leads to the answers behind it. */
export function QuestionResultsPart({
  agreementId,
  survey,
  figures,
}: {
  agreementId: string;
  survey: Survey;
  figures: Figures;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [group, setGroup] = useState<GroupOf | null>(null);
  const [filter, setFilter] = useState<AnswerFilter | null>(null);
  const results = useQuestionResults(agreementId, survey, group);
  const groups = figures.groups.filter(({ measures }) => measures !== null);
  const { data, error } = results;
  return (
    <div className="stack">
      <div className="toolbar">
        {groups.length > 0 ? (
          <Select<string>
            aria-label={t('byQuestion.group')}
            style={{ flex: '1 1 200px', maxWidth: 320 }}
            value={group === null ? '' : `${group.by} ${group.group}`}
            onChange={(value) => {
              const [by = '', ...key] = value.split(' ');
              setGroup(value === '' ? null : { by, group: key.join(' ') });
            }}
            options={[
              { value: '', label: t('byQuestion.all') },
              ...groups.map(({ by, key, title }) => ({
                value: `${by} ${key}`,
                label: t('surveys.groupOf', { by: t(`surveyGrouping.${by}`), group: format.text(title) }),
              })),
            ]}
          />
        ) : null}
        <Button onClick={() => setFilter({ words: 'true' })}>{t('byQuestion.comments')}</Button>
        <Button onClick={() => setFilter({})}>{t('byQuestion.allAnswers')}</Button>
      </div>
      {error ? <ProblemAlert error={error} retry={() => void results.refetch()} /> : null}
      {!data ? (
        error ? null : (
          <Skeleton active paragraph={{ rows: 6 }} />
        )
      ) : data.withheld ? (
        <Alert type="info" showIcon title={t('byQuestion.withheld')} />
      ) : (
        <>
          {data.minimumSample !== null && data.n < data.minimumSample ? (
            <Alert type="warning" showIcon title={t('byQuestion.belowMinimum', { count: data.minimumSample })} />
          ) : null}
          <ol className="answer-list">
            {data.items.map((item) => (
              <li key={item.name}>
                <OneQuestion
                  item={item}
                  drill={(value) =>
                    setFilter({ question: item.name, ...(value === undefined ? {} : { value }), ...(group ?? {}) })
                  }
                />
              </li>
            ))}
          </ol>
        </>
      )}
      {filter === null ? null : (
        <AnswersDrawer agreementId={agreementId} survey={survey} filter={filter} close={() => setFilter(null)} />
      )}
    </div>
  );
}

function OneQuestion({ item, drill }: { item: QuestionResult; drill: (value?: string) => void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, role, dimension, n, mean, satisfied, nps, distribution } = item;
  const estimate = (label: string, one: Estimate | null, text: (value: string) => string): string | null =>
    one && `${label} ${text(one.value)} (${t('surveys.interval', { low: text(one.low), high: text(one.high) })})`;
  const figures = [
    role === 'nps' ? null : estimate(t('surveys.mean'), mean, (value) => figureText(value, 2)),
    estimate(t('surveys.satisfied'), satisfied, percentText),
    estimate(t('surveys.nps'), nps, (value) => figureText(value, 1)),
  ].filter((one) => one !== null);
  const name = format.text(title);
  return (
    <>
      <div className="heading">
        <h3 className="grow break" style={{ margin: 0 }}>
          {name}
        </h3>
        <span>
          <Tag>{t(`surveyRole.${role}`)}</Tag>
          {dimension ? <Tag>{format.text(dimension.title)}</Tag> : null}
        </span>
      </div>
      <p className="muted small none-yet">{[t('surveys.answers', { count: n }), ...figures].join(' · ')}</p>
      {distribution.length === 0 ? (
        n === 0 ? null : (
          <Button size="small" onClick={() => drill()} aria-label={t('byQuestion.readOf', { what: name, count: n })}>
            {t('byQuestion.read', { count: n })}
          </Button>
        )
      ) : (
        <table className="distribution">
          <caption className="visually-hidden">{t('byQuestion.distributionOf', { what: name })}</caption>
          <tbody>
            {distribution.map(({ value, title: choice, count, share }) => (
              <tr key={String(value)}>
                <th scope="row" className="break">
                  {format.text(choice)}
                </th>
                <td className="bar">
                  <div className="figure-bar" aria-hidden>
                    <div className="figure-fill" style={{ width: `${String(share * 100)}%` }} />
                  </div>
                </td>
                <td className="amount">{percentText(share)}</td>
                <td className="amount">
                  {count === 0 ? (
                    '0'
                  ) : (
                    <Button
                      type="link"
                      size="small"
                      className="inline-link"
                      onClick={() => drill(String(value))}
                      aria-label={t('byQuestion.chosenBy', { what: name, choice: format.text(choice), count })}
                    >
                      {count}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
