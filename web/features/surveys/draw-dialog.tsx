import { Alert, Button, Checkbox, Form, Input, InputNumber, Select, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/me.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { ActModal, type ActProps } from './act-modal.tsx';
import type { Audience } from './insight.ts';
import { useAudience } from './insight-queries.ts';

const TIERS = ['key', 'ordinary', 'vip'] as const;

/** Who is to be asked: shown before it is drawn, with the seed that draws the very same. */
export function DrawDialog(props: ActProps): ReactNode {
  const { t } = useTranslation();
  const { agreementId, survey } = props;
  const { sample, audience, minimumSample } = survey.provides;
  const mayLook = useMay('record.read');
  const [method, setMethod] = useState<string>(sample.method);
  const [size, setSize] = useState<number | null>(sample.size);
  const [seed, setSeed] = useState('');
  const [tiers, setTiers] = useState<string[]>([]);
  const [isOpen, setIsOpen] = useState(false);
  const [wanted, setWanted] = useState<Record<string, string | number | null> | null>(null);
  const preview = useAudience(agreementId, survey, wanted);
  const asked = {
    method: method === sample.method ? null : method,
    size: method === 'all' ? null : size,
    seed: method === 'all' || seed.trim() === '' ? null : seed.trim(),
    tiers: tiers.length === 0 ? null : tiers.join(','),
  };
  // What is shown is of these very wishes, else of none.
  const shown =
    wanted !== null && JSON.stringify({ ...wanted, seed: null }) === JSON.stringify({ ...asked, seed: null });
  return (
    <ActModal
      {...props}
      act="draw"
      width={760}
      fields={() =>
        isOpen
          ? { open: true }
          : {
              method: asked.method ?? undefined,
              size: asked.size ?? undefined,
              seed: asked.seed ?? (shown ? (preview.data?.seed ?? undefined) : undefined),
              tiers: tiers.length === 0 ? undefined : tiers,
            }
      }
    >
      <p className="muted">{t('surveys.drawExplained')}</p>
      {minimumSample === null ? null : <p>{t('surveys.minimumSample', { count: minimumSample })}</p>}
      <Checkbox checked={isOpen} onChange={(event) => setIsOpen(event.target.checked)}>
        {t('surveys.openToAll')}
      </Checkbox>
      {isOpen ? null : (
        <>
          <Form layout="vertical" component="div">
            <div className="pair">
              <Form.Item label={t('surveys.methodLabel')} htmlFor="draw-method">
                <Select<string>
                  id="draw-method"
                  value={method}
                  onChange={setMethod}
                  options={(['all', 'random', 'stratified'] as const).map((value) => ({
                    value,
                    label: t(`surveyMethod.${value}`),
                  }))}
                />
              </Form.Item>
              {method === 'all' ? null : (
                <Form.Item
                  label={t('surveys.size')}
                  htmlFor="draw-size"
                  help={sample.percent === null ? undefined : t('surveys.sizePercent', { percent: sample.percent })}
                >
                  <InputNumber id="draw-size" min={1} precision={0} value={size} onChange={setSize} />
                </Form.Item>
              )}
              <Form.Item label={t('surveys.tiers')} htmlFor="draw-tiers" help={t('surveys.tiersHelp')}>
                <Select<string[]>
                  id="draw-tiers"
                  mode="multiple"
                  value={tiers}
                  onChange={setTiers}
                  options={TIERS.filter((tier) => audience.tiers?.includes(tier) ?? true).map((value) => ({
                    value,
                    label: t(`surveyTier.${value}`),
                  }))}
                />
              </Form.Item>
              {method === 'all' ? null : (
                <Form.Item label={t('surveys.seed')} htmlFor="draw-seed" help={t('surveys.seedHelp')}>
                  <Input
                    id="draw-seed"
                    maxLength={100}
                    value={seed}
                    onChange={(event) => setSeed(event.target.value)}
                  />
                </Form.Item>
              )}
            </div>
          </Form>
          {mayLook ? (
            <section className="stack" aria-label={t('audience.title')}>
              <div>
                <Button
                  onClick={() => {
                    setWanted({ ...asked });
                    if (wanted !== null) void preview.refetch();
                  }}
                >
                  {t('audience.preview')}
                </Button>
              </div>
              {wanted !== null && preview.error ? <ProblemAlert error={preview.error} /> : null}
              {preview.isLoading ? <Skeleton active paragraph={{ rows: 3 }} /> : null}
              {preview.data && wanted !== null ? (
                shown ? (
                  <AudiencePreview audience={preview.data} minimumSample={minimumSample} />
                ) : (
                  <p className="muted">{t('audience.stale')}</p>
                )
              ) : null}
            </section>
          ) : null}
        </>
      )}
    </ActModal>
  );
}

function AudiencePreview({ audience, minimumSample }: { audience: Audience; minimumSample: number | null }): ReactNode {
  const { t } = useTranslation();
  const { population, willing, drawn, unreachable, excluded, seed, tiers, customers, left, channels } = audience;
  return (
    <>
      <p className="none-yet" role="status">
        <strong>{t('audience.wouldAsk', { count: drawn, population })}</strong>{' '}
        <span className="muted">
          {t('audience.counts', { willing, unreachable, ...excluded })}
          {seed === null ? '' : ` · ${t('audience.bySeed', { seed })}`}
        </span>
      </p>
      {minimumSample !== null && drawn < minimumSample ? (
        <Alert type="warning" showIcon title={t('audience.tooFew', { count: minimumSample })} />
      ) : null}
      <Records
        label={t('response.byTier')}
        rows={tiers}
        rowKey={({ tier }) => tier}
        empty={t('audience.nobody')}
        columns={[
          { key: 'tier', title: t('response.byTier'), heading: true, render: ({ tier }) => t(`surveyTier.${tier}`) },
          { key: 'all', title: t('surveys.population'), align: 'right', render: (one) => String(one.population) },
          { key: 'willing', title: t('audience.willing'), align: 'right', render: (one) => String(one.willing) },
          { key: 'drawn', title: t('surveys.drawn'), align: 'right', render: (one) => String(one.drawn) },
        ]}
      />
      {channels.length === 0 ? null : (
        <p className="none-yet small">
          {channels
            .map(({ channel, drawn: count }) =>
              t('audience.byChannel', { channel: t(`surveyChannel.${channel}`), count }),
            )
            .join(t('common.listSeparator'))}
        </p>
      )}
      {customers.length === 0 ? null : (
        <details>
          <summary>{t('audience.listed', { count: customers.length })}</summary>
          <ul className="plain-list listing">
            {customers.map(({ customerId, key, name, tier, channel, reachable }) => (
              <li key={customerId}>
                {key} {name}{' '}
                <span className={reachable ? 'muted small' : 'late small'}>
                  {t(`surveyTier.${tier}`)} ·{' '}
                  {reachable ? t(`surveyChannel.${channel}`) : t('surveyNotReached.unreachable')}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {left.length === 0 ? null : (
        <details>
          <summary>
            {t('audience.leftOut', { count: excluded.optedOut + excluded.noConsent + excluded.archived })}
          </summary>
          <ul className="plain-list listing">
            {left.map(({ customerId, key, name, why }) => (
              <li key={customerId}>
                {key} {name} <span className="muted small">{t(`audienceLeft.${why}`)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
