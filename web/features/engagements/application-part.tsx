import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { Section } from '../life/section.tsx';
import type { Round } from './engagement.ts';
import { Facts, Files, type PartProps, ScopeList, useNames } from './part.tsx';

/** What was applied for, and how it was answered; every round of it. */
export function ApplicationPart({ engagement, actions }: PartProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { rounds, rules, negotiation, noticeThrough } = engagement;
  const rule = rules.application ?? rules.advanceNotice;
  return (
    <Section
      title={t(rules.application ? 'engagements.application' : 'engagements.beginning')}
      clauses={[...(rule?.clauses ?? []), ...(rules.reply?.clauses ?? [])]}
      actions={actions('application')}
    >
      <div className="stack">
        {rounds.map((round) => (
          <OneRound key={round.number} round={round} engagement={engagement} />
        ))}
      </div>
      <Facts
        facts={[
          [t('engagements.noticeThrough'), noticeThrough ? format.date(noticeThrough) : ''],
          [
            t('engagements.negotiation'),
            negotiation ? `${format.date(negotiation.on)} · ${names(negotiation.present)}` : '',
          ],
        ]}
      />
      {negotiation?.minutes ? <p className="said">{negotiation.minutes}</p> : null}
      <Files engagement={engagement} documents={negotiation?.documents ?? []} />
    </Section>
  );
}

function OneRound({ round, engagement }: { round: Round; engagement: PartProps['engagement'] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { agreement, rounds } = engagement;
  return (
    <div className="stack" style={{ gap: 6 }}>
      {rounds.length > 1 ? <h3>{t('engagements.round', { number: round.number })}</h3> : null}
      <Facts
        facts={[
          [t('engagements.applicant'), format.text(round.by.title)],
          [t('engagements.appliedAt'), format.instant(round.appliedAt, agreement.zone)],
          [t('engagements.purpose'), round.purpose],
          [t('engagements.scope'), round.scope.length > 0 ? <ScopeList key="scope" scope={round.scope} /> : null],
          [t('engagements.effect'), round.effect],
          [
            t('engagements.interest'),
            round.interest
              ? [t(`engagementInterest.${round.interest}`), round.interestDetails].filter(Boolean).join(' · ')
              : '',
          ],
          [t('engagements.replyDue'), round.replyDue ? format.due(round.replyDue.dueAt, round.replyDue.localDate) : ''],
          [t('engagements.paused'), round.pausedDays > 0 ? t('engagements.days', { count: round.pausedDays }) : ''],
        ]}
      />
      <Files engagement={engagement} documents={round.documents} />
      {round.question ? (
        <p className="said">
          <span className="muted">{t('engagements.asked')}</span> {round.question}
        </p>
      ) : null}
      {round.provided ? (
        <>
          <p className="said">
            <span className="muted">{t('engagements.provided')}</span> {round.provided.details}
          </p>
          <Files engagement={engagement} documents={round.provided.documents} />
        </>
      ) : null}
      {round.verdict ? (
        <p className="said">
          <strong>{t(`engagementVerdict.${round.verdict}`)}</strong>{' '}
          <span className="muted small">
            {[
              round.repliedAt ? format.instant(round.repliedAt, agreement.zone) : '',
              round.daysLate > 0 ? t('engagements.daysLate', { count: round.daysLate }) : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          {round.reason ? <span className="break"> {round.reason}</span> : null}
        </p>
      ) : null}
      <Files engagement={engagement} documents={round.replyDocuments} />
    </div>
  );
}
