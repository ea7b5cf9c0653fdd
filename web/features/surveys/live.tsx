import { Alert, Button, Progress } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Records } from '../../app/records.tsx';
import { percentText, rateOf } from './numbers.ts';
import type { Survey } from './survey.ts';

/** Who has been reached and who has answered, up to the second while the survey is open. */
export function Coverage({
  survey,
  reissue,
}: {
  survey: Survey;
  /** Sends a customer a fresh invitation; undefined where the reader may not. */
  reissue: ((customer: { customerId: string; name: string }) => void) | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const { sample, answered, late, unreached, channels } = survey;
  const drawn = sample?.drawn ?? null;
  const rate = rateOf({ answered, drawn });
  return (
    <div className="stack">
      <div className="balances" aria-live="polite">
        <div className="balance">
          <span className="muted">{t('surveys.responseRate')}</span>
          <strong>{rate === null ? '—' : percentText(rate)}</strong>
          {rate === null ? null : (
            <Progress
              percent={Math.min(100, Math.round(rate * 1000) / 10)}
              showInfo={false}
              size="small"
              aria-label={t('surveys.responseRate')}
            />
          )}
          <span className="small muted">
            {drawn === null || drawn === 0
              ? t('surveys.answers', { count: answered })
              : t('surveys.ofDrawn', { answered, drawn })}
          </span>
        </div>
        {sample === null || sample.drawn === 0 ? null : (
          <div className="balance">
            <span className="muted">{t('surveys.reached')}</span>
            <strong>{percentText(sample.reached / sample.drawn)}</strong>
            <span className="small muted">
              {t('surveys.ofDrawn', { answered: sample.reached, drawn: sample.drawn })}
            </span>
          </div>
        )}
        {late === 0 ? null : (
          <div className="balance">
            <span className="muted">{t('surveys.late')}</span>
            <strong>{late}</strong>
            <span className="small muted">{t('surveys.lateExplained')}</span>
          </div>
        )}
      </div>
      {channels.length === 0 ? null : (
        <Records
          label={t('surveys.byChannel')}
          rows={channels}
          rowKey={({ channel }) => channel}
          empty={null}
          columns={[
            {
              key: 'channel',
              title: t('surveys.channelLabel'),
              heading: true,
              render: ({ channel }) => t(`surveyChannel.${channel}`),
            },
            { key: 'drawn', title: t('surveys.drawn'), align: 'right', render: (one) => String(one.drawn) },
            { key: 'reached', title: t('surveys.reached'), align: 'right', render: (one) => String(one.reached) },
            { key: 'answered', title: t('surveys.answered'), align: 'right', render: (one) => String(one.answered) },
            {
              key: 'rate',
              title: t('surveys.responseRate'),
              align: 'right',
              render: (one) => {
                const own = rateOf(one);
                return own === null ? '' : percentText(own);
              },
            },
          ]}
        />
      )}
      {unreached.count === 0 ? null : (
        <details>
          <summary>{t('surveys.unreachedCount', { count: unreached.count })}</summary>
          {unreached.customers === null ? (
            <p className="muted">{t('surveys.unreachedHidden')}</p>
          ) : (
            <Records
              label={t('surveys.unreached')}
              rows={unreached.customers}
              rowKey={({ customerId }) => customerId}
              empty={null}
              columns={[
                { key: 'name', title: t('surveys.customer'), heading: true, render: ({ name }) => name },
                { key: 'key', title: t('surveys.customerKey'), render: ({ key }) => key },
                {
                  key: 'channel',
                  title: t('surveys.channelLabel'),
                  render: ({ channel }) => t(`surveyChannel.${channel}`),
                },
                {
                  key: 'status',
                  title: t('surveys.whyNot'),
                  render: ({ status }) => t(`surveyNotReached.${status}`),
                },
                ...(reissue
                  ? [
                      {
                        key: 'reissue',
                        title: t('surveys.reissue'),
                        render: (one: NonNullable<Survey['unreached']['customers']>[number]) =>
                          one.status === 'opted-out' ? (
                            ''
                          ) : (
                            <Button size="small" onClick={() => reissue(one)}>
                              {t('surveys.reissue')}
                            </Button>
                          ),
                      },
                    ]
                  : []),
              ]}
            />
          )}
          {unreached.customers !== null && unreached.customers.length < unreached.count ? (
            <Alert type="info" title={t('surveys.unreachedMore', { count: unreached.customers.length })} />
          ) : null}
        </details>
      )}
    </div>
  );
}
