import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { EngagementRules, Seat } from './engagement.ts';

/** What the contract says of third parties, in sentences: no step that it lacks. */
export function RuleText({ rule, parties }: { rule: EngagementRules; parties: Seat[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const names = (seats: readonly Seat[]): string =>
    seats.map(({ title }) => format.text(title)).join(t('common.listSeparator'));
  const signatory = (seat: string): string => {
    if (seat === 'applicant') return t('engagements.theApplicant');
    const party = parties.find((one) => one.seat === seat);
    return party ? format.text(party.title) : t('role.third');
  };
  const { application, advanceNotice, reply, jointReview, cap, fee } = rule;
  const sentences = [
    t('engagementRule.applicants', { who: names(rule.applicants) }),
    application ? t('engagementRule.application') : '',
    advanceNotice
      ? advanceNotice.days === null
        ? t('engagementRule.notice')
        : t('engagementRule.noticeDays', { count: advanceNotice.days })
      : '',
    reply
      ? reply.workingDays === null
        ? t('engagementRule.reply')
        : t('engagementRule.replyDays', { count: reply.workingDays })
      : '',
    rule.negotiation ? t('engagementRule.negotiation') : '',
    jointReview ? t('engagementRule.review', { who: names(jointReview.by) }) : '',
    t('engagementRule.signatures', {
      who: rule.agreement.signatories.map(signatory).join(t('common.listSeparator')),
    }),
    cap ? t(cap.mandatory ? 'engagementRule.capMandatory' : 'engagementRule.cap') : '',
    fee?.shares
      ? t('engagementRule.shares', {
          shares: Object.entries(fee.shares)
            .map(([seat, share]) => `${signatory(seat)} ${String(Number(share) * 100)}%`)
            .join(t('common.listSeparator')),
        })
      : '',
  ];
  return (
    <p className="muted none-yet">
      {sentences.filter(Boolean).join(t('engagements.sentenceSeparator'))}
      {t('engagements.sentenceEnd')}
    </p>
  );
}
