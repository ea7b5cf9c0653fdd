import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useRoleNames } from '../../app/names.ts';
import { todayIn } from '../../app/moment.ts';
import { AccountLine } from './account.tsx';
import { Consents } from './consents.tsx';
import { Differences } from './differences.tsx';
import { RenewalDecision } from './renewal-pack.tsx';
import { ActButton, Section, type SectionProps, clausesOf } from './section.tsx';
import { useNumbered } from './numbered.ts';
import { dutyOptions } from './options.ts';
import { stillSuspended } from './suspended.ts';
import { SuspensionEntry } from './suspension-entry.tsx';

const AMENDMENT_COLOUR = {
  proposed: 'gold',
  accepted: 'blue',
  effective: 'green',
  declined: 'default',
  lapsed: 'default',
} as const;

/** Proposals, with the difference that both sides accept; declined and lapsed ones stay. */
export function Amendments({ agreement, life, open, propose }: SectionProps & { propose: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const roles = useRoleNames();
  const numbered = useNumbered();
  const rule = life.provides.amendment;
  if (!rule && life.amendments.length === 0) return null;
  // A revised policy holds once it is posted (S004-30).
  const mustPost = (id: string): boolean =>
    life.provides.policy && !life.effect.approvals.some(({ what }) => what === `posting:${id}`);
  const posting = [...new Set([...(rule?.consent ?? []).map(({ seat }) => seat), ...Object.keys(agreement.parties)])];
  return (
    <Section title={t('life.amendments')} clauses={rule?.clauses ?? []} actions={propose}>
      {life.amendments.length === 0 ? <p className="muted none-yet">{t('life.noAmendments')}</p> : null}
      {life.amendments.toReversed().map((amendment) => {
        const { id, by, status, effectiveOn, lapsesAt, waitsFor, acceptedBy, third } = amendment;
        const seats = waitsFor.map(({ seat }) => seat);
        return (
          <article key={id} className="entry">
            <div className="heading">
              <strong className="grow">
                {t('life.amendmentBy', { id: numbered(id), who: format.text(by.title), on: format.date(effectiveOn) })}{' '}
                <Tag color={AMENDMENT_COLOUR[status]}>{t(`life.amendmentStatus.${status}`)}</Tag>
                {third ? <Tag>{t(`life.thirdStage.${third.stage}`)}</Tag> : null}
              </strong>
              {status === 'accepted' && mustPost(id) && life.acts.includes('approve') ? (
                <ActButton
                  agreement={agreement}
                  open={open}
                  label={t('life.approve.posting')}
                  primary
                  form={{
                    act: 'approve',
                    path: '/approvals',
                    title: t('life.postAmendment', { id: numbered(id) }),
                    explained: t('life.postExplained', { on: format.date(effectiveOn) }),
                    seats: posting,
                    fields: [{ name: 'note', label: t('life.note'), type: 'area' }],
                    fixed: { what: `posting:${id}` },
                  }}
                />
              ) : null}
              {status === 'proposed' ? (
                <div className="actions">
                  {life.acts.includes('serve') && third?.stage === 'agreed-by-parties' ? (
                    <ActButton
                      agreement={agreement}
                      open={open}
                      label={t('life.notifyThird')}
                      form={{
                        act: 'serve',
                        path: '/formal-notices',
                        title: t('life.notifyThirdTitle', { id }),
                        explained: t('life.notifyThirdExplained'),
                        seats: acceptedBy.map(({ seat }) => seat),
                        fields: [
                          {
                            name: 'servedOn',
                            label: t('life.servedOn'),
                            type: 'date',
                            help: t('life.servedOnHelp'),
                            required: true,
                          },
                          { name: 'reason', label: t('life.reason'), type: 'area', required: true },
                        ],
                        fixed: { notice: 'amendment', about: id },
                        files: 'must',
                      }}
                    />
                  ) : null}
                  {life.acts.includes('accept') ? (
                    <ActButton
                      agreement={agreement}
                      open={open}
                      label={t('life.do.accept')}
                      primary
                      form={{
                        act: 'accept',
                        path: `/amendments/${encodeURIComponent(id)}/acceptance`,
                        title: t('life.acceptAmendment', { id: numbered(id) }),
                        explained: t('life.acceptExplained', { on: format.date(effectiveOn) }),
                        seats,
                        fields: [],
                      }}
                    />
                  ) : null}
                  {life.acts.includes('decline') ? (
                    <ActButton
                      agreement={agreement}
                      open={open}
                      label={t('life.do.decline')}
                      form={{
                        act: 'decline',
                        path: `/amendments/${encodeURIComponent(id)}/refusal`,
                        title: t('life.declineAmendment', { id: numbered(id) }),
                        explained: t('life.declineExplained'),
                        seats: [...seats, by.seat],
                        fields: [{ name: 'reason', label: t('life.reason'), type: 'area' }],
                      }}
                    />
                  ) : null}
                </div>
              ) : null}
            </div>
            <Differences agreement={agreement} changes={amendment.changes} terms={amendment.terms} />
            <div className="muted small">
              {[
                acceptedBy.length > 0
                  ? t('life.acceptedBy', {
                      who: roles(acceptedBy.map(({ seat }) => seat)),
                    })
                  : '',
                waitsFor.length > 0
                  ? t('life.waitsFor', {
                      who: roles(waitsFor.map(({ seat }) => seat)),
                    })
                  : '',
                status === 'proposed' && lapsesAt
                  ? t('life.lapsesAt', { at: format.instant(lapsesAt, agreement.zone) })
                  : '',
              ]
                .filter(Boolean)
                .join(t('common.then'))}
            </div>
            <AccountLine agreement={agreement} account={amendment} />
            <Consents agreement={agreement} life={life} what={`posting:${id}`} />
          </article>
        );
      })}
    </Section>
  );
}

/** The ledger of suspensions: what stood still from when to when, on what ground. */
export function Suspensions({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { provides, suspensions, pauses, acts } = life;
  if (provides.suspension.length === 0 && suspensions.length === 0) return null;
  const grounds = [...new Set(provides.suspension.flatMap((rule) => rule.grounds))];
  const parties = Object.keys(agreement.parties);
  const still = suspensions.flatMap(stillSuspended).map(({ reference, title }) => ({
    value: reference,
    label: format.text(title),
  }));
  const scope = (obligations: { title: { zh: string; en: string } }[]): string =>
    obligations.length === 0
      ? t('life.allDuties')
      : obligations.map(({ title }) => format.text(title)).join(t('common.listSeparator'));
  return (
    <Section
      title={t('life.suspensions')}
      clauses={clausesOf(provides.suspension)}
      actions={
        <>
          {acts.includes('resume') ? (
            <ActButton
              agreement={agreement}
              open={open}
              label={t('life.do.resume')}
              primary
              form={{
                act: 'resume',
                path: '/resumption',
                title: t('life.do.resume'),
                explained: t('life.resumeExplained'),
                seats: [...parties, 'coordinator'],
                fields: [
                  ...(still.length > 0
                    ? [
                        {
                          name: 'obligations',
                          label: t('life.duties'),
                          type: 'many' as const,
                          help: t('life.emptyAll'),
                          options: still,
                        },
                      ]
                    : []),
                  { name: 'reason', label: t('life.reason'), type: 'area' },
                ],
              }}
            />
          ) : null}
          {acts.includes('suspend') && grounds.length > 0 ? (
            <ActButton
              agreement={agreement}
              open={open}
              label={t('life.do.suspend')}
              form={{
                act: 'suspend',
                path: '/suspensions',
                title: t('life.do.suspend'),
                explained: t('life.suspendExplained'),
                seats: parties,
                fields: [
                  {
                    name: 'ground',
                    label: t('life.ground'),
                    type: 'select',
                    required: true,
                    options: grounds.map((value) => ({ value, label: t(`suspensionGround.${value}`) })),
                  },
                  {
                    name: 'obligations',
                    label: t('life.duties'),
                    type: 'many',
                    help: t('life.emptyAll'),
                    options: dutyOptions(agreement, format.text),
                  },
                  {
                    name: 'from',
                    label: t('life.from'),
                    type: 'date',
                    initial: todayIn(agreement.zone),
                    help: t('life.fromHelp'),
                  },
                  { name: 'reason', label: t('life.reason'), type: 'area', required: true },
                ],
                files: 'may',
              }}
            />
          ) : null}
        </>
      }
    >
      {suspensions.length === 0 && pauses.length === 0 ? (
        <p className="muted none-yet">{t('life.noSuspensions')}</p>
      ) : null}
      {pauses.map((pause) => (
        <article key={pause.number} className="entry">
          <div className="heading">
            <span className="grow">
              {t('life.pauseProposed', { from: format.date(pause.from), scope: scope(pause.obligations) })}
            </span>
            {acts.includes('approve') ? (
              <ActButton
                agreement={agreement}
                open={open}
                label={t('life.approve.suspension')}
                primary
                form={{
                  act: 'approve',
                  path: '/approvals',
                  title: t('life.approve.suspension'),
                  seats: pause.waitsFor.map(({ seat }) => seat),
                  fields: [],
                  fixed: { what: `suspension:${pause.number}` },
                }}
              />
            ) : null}
          </div>
          <AccountLine agreement={agreement} account={pause} />
        </article>
      ))}
      {suspensions.toReversed().map((suspension) => (
        <SuspensionEntry key={suspension.number} agreement={agreement} suspension={suspension} />
      ))}
    </Section>
  );
}

/** When the term ends and what happens then. */
export function Renewal({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const rule = life.provides.renewal;
  const { renewal } = life;
  // Ended before its last day: what would have happened then is of no use any more.
  const isOver = life.phase === 'after' || life.phase === 'over';
  if (!rule || renewal.expiresOn === null || (isOver && renewal.terms.length === 0)) return null;
  const isObjected = renewal.objectedTo === renewal.expiresOn;
  const outcome = !rule.automatic
    ? t('life.renewalByAgreement')
    : isObjected
      ? t('life.renewalObjected', { who: renewal.objectedBy ? format.text(renewal.objectedBy.title) : '' })
      : rule.months === null
        ? t('life.renewsSame')
        : t('life.renewsMonths', { count: rule.months });
  return (
    <Section
      title={t('life.renewal')}
      clauses={rule.clauses}
      actions={
        rule.automatic && !isObjected && life.acts.includes('object') ? (
          <ActButton
            agreement={agreement}
            open={open}
            label={t('life.object')}
            form={{
              act: 'object',
              path: '/objection',
              title: t('life.object'),
              warning: t('life.objectWarning', { on: format.date(renewal.expiresOn) }),
              seats: Object.keys(agreement.parties),
              fields: [{ name: 'reason', label: t('life.reason'), type: 'area' }],
              danger: true,
            }}
          />
        ) : null
      }
    >
      <p style={{ margin: 0 }}>
        {t('life.expiresOn', { on: format.date(renewal.expiresOn) })} {outcome}
      </p>
      {rule.cycles === 'afresh' ? (
        <p className="muted small" style={{ margin: 0 }}>
          {t('life.renewalAfresh')}
        </p>
      ) : null}
      {rule.noticeDays !== null ? (
        <p className="muted small" style={{ margin: 0 }}>
          {t('life.renewalNotice', { count: rule.noticeDays, internal: rule.noticeDays + rule.internalDays })}
        </p>
      ) : null}
      {renewal.pack ? <RenewalDecision pack={renewal.pack} /> : null}
      {renewal.terms.length > 0 ? (
        <ul className="plain-list">
          {renewal.terms.map(({ before, expiresOn, cut }) => (
            <li key={before}>
              {t('life.renewed', { before: format.date(before), on: format.date(expiresOn) })}
              {cut.length > 0 ? (
                <p className="muted small">
                  {t('life.renewalCut', {
                    names: cut.map(({ title }) => format.text(title)).join(t('common.listSeparator')),
                  })}
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}
