import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { moneyText } from '../../app/moment.ts';
import { Section } from '../life/section.tsx';
import { Facts, Files, type PartProps, ScopeList, useCap, useNames } from './part.tsx';

/** The agreement with the third party: its terms, who has accepted its draft, who has signed. */
export function AgreementPart({ engagement, actions }: PartProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const cap = useCap();
  const { draft, review, signatures, agreement, rules, startsOn } = engagement;
  const buttons = actions('agreement');
  const offersNone = Array.isArray(buttons) && buttons.length === 0;
  if (draft === null && offersNone) return null;
  const { currency } = agreement;
  return (
    <Section
      title={t('engagements.thirdAgreement')}
      clauses={[...rules.agreement.clauses, ...(rules.jointReview?.clauses ?? [])]}
      actions={buttons}
    >
      {draft === null ? <p className="muted none-yet">{t('engagements.noDraft')}</p> : null}
      {draft ? (
        <div className="stack" style={{ gap: 12 }}>
          <Facts
            long
            facts={[
              ...draft.sections.map(({ section, words }): [string, string | null] => [
                t(`engagementSection.${section}`),
                words,
              ]),
              [t('engagements.scopeTasks'), draft.scope.length > 0 ? <ScopeList scope={draft.scope} /> : null],
              [
                t('engagements.fee'),
                draft.fee
                  ? draft.fee.amount === null
                    ? t('feeBasis.actual')
                    : moneyText(draft.fee.amount, currency)
                  : '',
              ],
              [t('engagements.cap'), rules.cap && !engagement.withheld ? cap(draft.cap, currency) : ''],
              ...draft.rationale.map(({ title, words }): [string, string | null] => [
                t('engagements.capReason', { factor: format.text(title) }),
                words,
              ]),
              [t('engagements.endsOn'), draft.endsOn ? format.date(draft.endsOn) : ''],
              [t('engagements.startsOn'), startsOn ? format.date(startsOn) : ''],
            ]}
          />
          <Files engagement={engagement} documents={draft.documents} />
          {draft.points.length > 0 ? (
            <div>
              <p className="muted none-yet">{t('engagements.returnedFor')}</p>
              <ol className="plain-list">
                {draft.points.map((point, index) => (
                  <li key={index}>{point}</li>
                ))}
              </ol>
            </div>
          ) : null}
          <Facts
            facts={[
              [t('engagements.acceptedBy'), review && review.acceptedBy.length > 0 ? names(review.acceptedBy) : ''],
              [
                t('engagements.reviewWaitsFor'),
                review && review.waitsFor.length > 0 ? (
                  <span className={review.overdue ? 'late' : ''}>
                    {[names(review.waitsFor), review.due ? format.due(review.due.dueAt, review.due.localDate) : '']
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                ) : null,
              ],
              ...signatures.map(({ by, signedOn }): [string, string] => [
                t('engagements.signatureOf', { who: format.text(by.title) }),
                signedOn ? format.date(signedOn) : t('engagements.notSigned'),
              ]),
            ]}
          />
          <Files engagement={engagement} documents={signatures.flatMap(({ documents }) => documents)} />
        </div>
      ) : null}
    </Section>
  );
}
