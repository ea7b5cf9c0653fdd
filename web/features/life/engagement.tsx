import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useRoleNames } from '../../app/names.ts';
import { AccountLine } from './account.tsx';
import type { EngagementEnd } from './life.ts';
import { ActButton, Section, type SectionProps } from './section.tsx';

const COLOUR: Record<EngagementEnd['status'], string> = {
  proposed: 'gold',
  agreed: 'blue',
  ended: 'green',
  replaced: 'default',
};

/** The end of a third party's involvement: both decide, the third party is notified, and what remains is confirmed by both. */
export function EngagementEnds({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const roles = useRoleNames();
  const rule = life.provides.engagementEnd;
  if (!rule && life.engagementEnds.length === 0) return null;
  const parties = Object.keys(agreement.parties);
  const breaches = [
    ...life.claims.map(({ id }) => ({ value: `claim:${id}`, label: t('life.claimNamed', { id }) })),
    ...life.matters.map(({ id, topic }) => ({ value: id, label: topic ?? id })),
  ];
  const grounds = (rule?.grounds ?? []).filter((ground) => ground !== 'purpose-achieved' || rule?.hasPurpose);
  return (
    <Section
      title={t('life.engagementEnds')}
      clauses={rule?.clauses ?? []}
      actions={
        life.acts.includes('end-engagement') ? (
          <ActButton
            agreement={agreement}
            open={open}
            label={t('life.endEngagement')}
            form={{
              act: 'endEngagement',
              path: '/engagement-ends',
              title: t('life.endEngagement'),
              explained: t('life.endEngagementExplained'),
              seats: parties,
              fields: [
                {
                  name: 'ground',
                  label: t('life.ground'),
                  type: 'select',
                  required: true,
                  options: grounds.map((value) => ({ value, label: t(`engagementGround.${value}`) })),
                },
                {
                  name: 'about',
                  label: t('life.recordedAs'),
                  type: 'select',
                  options: breaches,
                  when: ({ ground }) => ground === 'breach' && breaches.length > 0,
                },
                { name: 'reason', label: t('life.facts'), type: 'area', required: true },
              ],
              files: 'may',
            }}
          />
        ) : null
      }
    >
      {life.engagementEnds.length === 0 ? <p className="muted none-yet">{t('life.noEngagementEnds')}</p> : null}
      {life.engagementEnds.toReversed().map((end) => (
        <article key={end.id} className="entry">
          <div className="heading">
            <strong className="grow">
              {t(`engagementGround.${end.ground}`)}{' '}
              <Tag color={COLOUR[end.status]}>{t(`life.engagementEndStatus.${end.status}`)}</Tag>
            </strong>
            {end.status === 'proposed' && life.acts.includes('approve') ? (
              <ActButton
                agreement={agreement}
                open={open}
                label={t('life.do.approve')}
                primary
                form={{
                  act: 'approve',
                  path: '/approvals',
                  title: t('life.agreeToEnd'),
                  explained: t('life.endEngagementExplained'),
                  seats: end.waitsFor.map(({ seat }) => seat),
                  ownOnly: true,
                  fields: [{ name: 'note', label: t('life.note'), type: 'area' }],
                  fixed: { what: `engagement-end:${end.id}` },
                  files: 'may',
                }}
              />
            ) : null}
            {end.status === 'agreed' && life.acts.includes('serve') ? (
              <ActButton
                agreement={agreement}
                open={open}
                label={t('life.notifyThird')}
                form={{
                  act: 'serve',
                  path: '/formal-notices',
                  title: t('life.notifyThird'),
                  explained: t('life.notifyEndExplained'),
                  seats: parties,
                  fields: [
                    {
                      name: 'servedOn',
                      label: t('life.servedOn'),
                      type: 'date',
                      help: t('life.servedOnHelp'),
                      required: true,
                    },
                    { name: 'reason', label: t('life.facts'), type: 'area', required: true },
                  ],
                  fixed: { notice: 'engagement-end', about: end.id },
                  files: 'must',
                }}
              />
            ) : null}
          </div>
          <div className="muted small">
            {[
              format.text(end.by.title),
              end.about ?? '',
              end.ground === 'purpose-achieved' && end.purpose ? t('life.statedPurpose', { what: end.purpose }) : '',
              end.endedOn ? t('life.endedOn', { on: format.date(end.endedOn) }) : '',
              end.waitsFor.length > 0 ? t('life.waitsFor', { who: roles(end.waitsFor.map(({ seat }) => seat)) }) : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
          <AccountLine agreement={agreement} account={end} />
          {end.status === 'ended'
            ? end.items.map((item) => (
                <div key={item.id} className="step">
                  <strong>{format.text(item.title)}</strong>{' '}
                  {item.waitsFor.length === 0
                    ? t('life.confirmedByBoth')
                    : t('life.waitsFor', { who: roles(item.waitsFor.map(({ seat }) => seat)) })}{' '}
                  {item.waitsFor.length > 0 && life.acts.includes('approve') ? (
                    <ActButton
                      agreement={agreement}
                      open={open}
                      label={t('life.do.confirm')}
                      form={{
                        act: 'approve',
                        path: '/approvals',
                        title: format.text(item.title),
                        explained: t('life.confirmItemExplained'),
                        seats: item.waitsFor.map(({ seat }) => seat),
                        ownOnly: true,
                        fields: [{ name: 'note', label: t('life.note'), type: 'area' }],
                        fixed: { what: `engagement-end:${end.id}:${item.id}` },
                        files: 'may',
                      }}
                    />
                  ) : null}
                  {item.said.map((said) => (
                    <div key={`${said.by.seat} ${said.at ?? ''}`}>
                      {said.note ? <p className="said">{said.note}</p> : null}
                      <AccountLine agreement={agreement} account={said} />
                    </div>
                  ))}
                </div>
              ))
            : null}
        </article>
      ))}
    </Section>
  );
}

/** What a third party has undertaken, and whether it has access; an incident suspends it until access is given again. */
export function ThirdAccess({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { thirdAccess, acts } = life;
  if (!thirdAccess) return null;
  const { access, undertakenOn, clauses } = thirdAccess;
  const steps = [
    ...(undertakenOn === null ? ['undertake'] : access === 'granted' ? [] : ['grant']),
    ...(access === 'none' ? [] : ['withdraw']),
  ];
  return (
    <Section
      title={t('life.thirdAccess')}
      clauses={clauses}
      actions={
        acts.includes('third-access')
          ? steps.map((step) => (
              <ActButton
                key={step}
                agreement={agreement}
                open={open}
                label={t(`life.accessStep.${step}`)}
                form={{
                  act: 'thirdAccess',
                  path: '/third-party-access',
                  title: t(`life.accessStep.${step}`),
                  explained: t('life.accessExplained'),
                  seats: Object.keys(agreement.parties),
                  fields: [{ name: 'reason', label: t('life.note'), type: 'area' }],
                  fixed: { step },
                  files: step === 'undertake' ? 'must' : 'may',
                }}
              />
            ))
          : null
      }
    >
      <p>
        {t(`life.access.${access}`)}
        {t('common.then')}
        {undertakenOn ? t('life.undertakenOn', { on: format.date(undertakenOn) }) : t('life.notUndertaken')}
      </p>
    </Section>
  );
}
