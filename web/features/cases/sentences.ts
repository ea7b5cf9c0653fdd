import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import type { Agreement, AgreementEvent } from '../../wire.ts';
import type { Case } from './case.ts';

/** What happened to a case, as a sentence. */
export function useCaseSentence(agreement: Agreement, one: Pick<Case, 'assignee'>): (event: AgreementEvent) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return ({ type, data, text: written }) => {
    const { clock, means, dueAt, to, reason, outcome, relation, of, verdict, satisfied, score, specialSurvey, cycle } =
      data as Record<string, unknown>;
    const sections = (['content', 'process', 'result'] as const)
      .filter((name) => data[name] === true)
      .map((name) => t(`caseRecord.${name}`))
      .join(t('common.listSeparator'));
    const key =
      type === 'case-judged'
        ? `case-judged-${satisfied === true ? 'satisfied' : 'dissatisfied'}`
        : type === 'case-contested'
          ? `case-contested-${data['corrected'] === true ? 'corrected' : 'right'}`
          : type;
    return t(`caseEvent.${key}`, {
      clock: text(clock) === '' ? '' : t(`caseClock.${text(clock)}`),
      means: text(means) === '' ? '' : t(`caseBreach.${text(means)}`),
      at: text(dueAt) === '' ? '' : format.instant(text(dueAt), agreement.zone),
      to: whoIs(text(to)),
      reason: text(reason) === '' ? '' : t(`pauseReason.${text(reason)}`),
      outcome: text(outcome) === '' ? '' : t(`caseOutcome.${text(outcome)}`),
      relation: text(relation) === '' ? '' : t(`caseRelation.${text(relation)}`),
      of: text(of),
      verdict: text(verdict),
      score: text(score) === '' ? '' : t('cases.scored', { score: text(score) }),
      survey: text(specialSurvey) === '' ? '' : t(`caseSurvey.${text(specialSurvey)}`),
      party: text(data['party']) === '' ? '' : role(text(data['party'])),
      severity: text(data['severity']) === '' ? '' : t(`caseSeverity.${text(data['severity'])}`),
      priority: text(data['priority']) === '' ? '' : t(`casePriority.${text(data['priority'])}`),
      channel: text(data['channel']) === '' ? '' : t(`caseChannel.${text(data['channel'])}`),
      round: typeof cycle === 'number' ? cycle : 1,
      sections,
    });

    function whoIs(seat: string): string {
      if (seat === '') return '';
      if (seat === 'department') return t('cases.otherDepartment');
      if (seat === 'person' || seat.startsWith('person:'))
        return seat === 'person' ? (written?.note ?? t('cases.somebody')) : (one.assignee ?? t('cases.somebody'));
      return role(seat);
    }
  };
}
