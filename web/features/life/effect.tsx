import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { todayIn } from '../../app/moment.ts';
import { useRoleNames } from '../../app/names.ts';
import { Records } from '../../app/records.tsx';
import { ActButton, Section, type SectionProps, clausesOf } from './section.tsx';

/** Consents that bring it into force; others stand where they belong. */
const FOR_EFFECT = ['review', 'policy', 'posting'];

/** What brings it into force: reviews, signatures, seals, approvals. */
export function Effect({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { effect, provides, acts } = life;
  const isMissing = (what: string, party: string): boolean =>
    effect.missing.some((one) => one.what === what && one.party.seat === party);
  const steps = effect.missing.filter(
    (one, index, all) =>
      (one.what === 'policy' || one.what === 'posting') && all.findIndex(({ what }) => what === one.what) === index,
  );
  const consents = effect.approvals.filter(({ what }) => FOR_EFFECT.includes(what));
  const consent = (what: string, seats: string[]) => ({
    act: 'approve',
    path: '/approvals',
    title: t(`life.approve.${what}`),
    seats,
    fields: [{ name: 'note', label: t('life.note'), type: 'area' as const }],
    fixed: { what },
  });
  return (
    <Section
      title={t('life.effect')}
      clauses={clausesOf([effect, ...[provides.seal, provides.review].filter((one) => one !== null)])}
      actions={
        life.phase === 'before' && acts.includes('withdraw') ? (
          <ActButton
            agreement={agreement}
            open={open}
            label={t('life.withdraw')}
            form={{
              act: 'withdraw',
              path: '/withdrawal',
              title: t('life.withdraw'),
              warning: t('life.withdrawWarning'),
              seats: ['coordinator'],
              fields: [{ name: 'reason', label: t('life.reason'), type: 'area', required: true }],
              files: 'none',
              danger: true,
            }}
          />
        ) : null
      }
    >
      <Records
        label={t('life.effect')}
        rows={effect.signatories}
        rowKey={({ party }) => party}
        empty={t('common.none')}
        columns={[
          {
            key: 'party',
            title: t('life.party'),
            heading: true,
            render: ({ party, title }) => `${format.text(title)} ${agreement.parties[party]?.name ?? ''}`,
          },
          ...(provides.review
            ? [
                {
                  key: 'review',
                  title: t('life.reviewed'),
                  render: ({ party, reviewedAt }: (typeof effect.signatories)[number]) =>
                    reviewedAt ? (
                      format.instant(reviewedAt, agreement.zone)
                    ) : acts.includes('approve') && isMissing('review', party) ? (
                      <ActButton
                        agreement={agreement}
                        open={open}
                        label={t('life.approve.review')}
                        form={consent('review', [party])}
                        otherwise={<NotYet />}
                      />
                    ) : (
                      <NotYet />
                    ),
                },
              ]
            : []),
          ...(provides.policy
            ? (['policy', 'posting'] as const).map((what) => ({
                key: what,
                title: t(`life.${what}On`),
                render: ({ party, signedOn }: (typeof effect.signatories)[number]) => {
                  const isOther = (seat: string): boolean => effect.signatories.every((one) => one.party !== seat);
                  const given = effect.approvals.find(
                    ({ what: of, by }) => of === what && (by.seat === party || isOther(by.seat)),
                  );
                  if (given) return format.instant(given.at, agreement.zone);
                  return signedOn ? format.date(signedOn) : <NotYet />;
                },
              }))
            : [
                {
                  key: 'signed',
                  title: t('people.signedOn'),
                  render: ({ signedOn }: (typeof effect.signatories)[number]) =>
                    signedOn ? format.date(signedOn) : <NotYet />,
                },
              ]),
          ...(provides.seal
            ? [
                {
                  key: 'sealed',
                  title: t('life.sealedOn'),
                  render: ({ party, title, sealedOn }: (typeof effect.signatories)[number]) =>
                    sealedOn ? (
                      format.date(sealedOn)
                    ) : acts.includes('seal') ? (
                      <ActButton
                        agreement={agreement}
                        open={open}
                        label={t('life.do.seal')}
                        otherwise={<NotYet />}
                        form={{
                          act: 'seal',
                          path: '/seals',
                          title: t('life.sealOf', { who: format.text(title) }),
                          explained: t('life.sealExplained'),
                          seats: [party],
                          fields: [
                            {
                              name: 'sealedOn',
                              label: t('life.sealedOn'),
                              type: 'date',
                              required: true,
                              initial: todayIn(agreement.zone),
                            },
                          ],
                        }}
                      />
                    ) : (
                      <NotYet />
                    ),
                },
              ]
            : []),
        ]}
      />
      {consents.length > 0 ? (
        <ul className="plain-list">
          {consents.map(({ what, title, by, at, person }) => (
            <li key={`${what} ${at}`}>
              {t('life.approved', { what: format.text(title), who: person ?? format.text(by.title) })}{' '}
              <span className="muted small">{format.instant(at, agreement.zone)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {acts.includes('approve') && steps.length > 0 ? (
        <div className="actions">
          {steps.map(({ what, party }) => (
            <ActButton
              key={what}
              agreement={agreement}
              open={open}
              label={t(`life.approve.${what}`)}
              form={consent(what, [party.seat])}
              primary
            />
          ))}
        </div>
      ) : null}
    </Section>
  );
}

function NotYet(): ReactNode {
  const { t } = useTranslation();
  return <Tag>{t('life.notYet')}</Tag>;
}

/** The figures that goals are measured against: entered, confirmed by all, locked. */
export function Baselines({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const roles = useRoleNames();
  const format = useFormat();
  if (life.baselines.length === 0) return null;
  const parties = Object.keys(agreement.parties);
  return (
    <Section title={t('life.baselines')} clauses={clausesOf(life.baselines)}>
      <Records
        label={t('life.baselines')}
        rows={life.baselines}
        rowKey={({ goal }) => goal}
        empty={t('common.none')}
        columns={[
          {
            key: 'goal',
            title: t('life.goal'),
            heading: true,
            render: ({ title, clauses }) => (
              <>
                {format.text(title)} <ClauseLinks clauses={clauses} />
              </>
            ),
          },
          {
            key: 'value',
            title: t('life.value'),
            align: 'right',
            render: ({ value }) => value ?? <span className="muted">{t('life.notEntered')}</span>,
          },
          {
            key: 'state',
            title: t('agreements.status'),
            render: ({ locked, value, waitsFor }) =>
              locked ? (
                <Tag color="green">{t('life.locked')}</Tag>
              ) : value === null ? (
                ''
              ) : (
                t('life.waitsFor', {
                  who: roles(waitsFor.map(({ seat }) => seat)),
                })
              ),
          },
          {
            key: 'act',
            title: t('obligations.act'),
            render: ({ goal, title, value, locked, waitsFor }) =>
              locked ? (
                ''
              ) : (
                <div className="actions">
                  {value !== null && life.acts.includes('approve') ? (
                    <ActButton
                      agreement={agreement}
                      open={open}
                      label={t('life.confirm')}
                      form={{
                        act: 'approve',
                        path: '/approvals',
                        title: t('life.confirmBaseline', { what: format.text(title), value }),
                        seats: waitsFor.map(({ seat }) => seat),
                        fields: [],
                        fixed: { what: `baseline:${goal}@${value}` },
                      }}
                      primary
                    />
                  ) : null}
                  {life.acts.includes('enter-baseline') ? (
                    <ActButton
                      agreement={agreement}
                      open={open}
                      label={t('life.enter')}
                      form={{
                        act: 'enterBaseline',
                        path: '/baselines',
                        title: t('life.enterBaseline', { what: format.text(title) }),
                        explained: t('life.baselineExplained'),
                        seats: parties,
                        fields: [
                          { name: 'value', label: t('life.value'), type: 'text', required: true },
                          { name: 'note', label: t('life.note'), type: 'area' },
                        ],
                        fixed: { goal },
                      }}
                    />
                  ) : null}
                </div>
              ),
          },
        ]}
      />
    </Section>
  );
}
