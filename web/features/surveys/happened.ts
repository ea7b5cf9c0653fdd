import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import type { AgreementEvent } from '../../wire.ts';
import { figureText } from './numbers.ts';

type Data = Record<string, unknown>;
const inner = (value: unknown): Data => (typeof value === 'object' && value !== null ? (value as Data) : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** What happened to a cycle, as a sentence. */
export function useSurveyEvent(): (event: AgreementEvent) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  return ({ type, data }) => {
    const sample = inner(data.sample);
    const score = text(inner(data.figures).score);
    const day = text(data.date) || text(inner(data.due).localDate);
    return t(`surveyEvent.${variantOf(type, data)}`, {
      version: count(data.version),
      who: data.seat ? role(text(data.seat)) : data.by ? role(text(data.by)) : '',
      date: day === '' ? '' : format.date(day),
      method: sample.method ? t(`surveyMethod.${text(sample.method)}`) : '',
      population: count(sample.population),
      drawn: count(sample.drawn),
      sent: count(data.sent),
      unreachable: count(data.unreachable),
      answered: count(data.answered),
      score: score === '' ? '' : figureText(score, 2),
    });
  };
}

/** Where an event reads differently: a reminder that went out, figures without a score, a due day that is gone. */
function variantOf(type: string, data: Data): string {
  if (type === 'survey-invited' && count(data.wave) > 0) return 'survey-reminded';
  if (type === 'survey-analysed' && text(inner(data.figures).score) === '') return 'survey-analysed-none';
  if (type === 'survey-due-moved' && data.due === null) return 'survey-due-lifted';
  if (type === 'survey-date-due-moved' && data.due === null) return 'survey-date-due-lifted';
  return type;
}

/** Answers come in by the second: of those that follow one another the last tells all. */
export function withoutRepeats(events: AgreementEvent[]): AgreementEvent[] {
  const sorted = events.toSorted((a, b) => a.sequence - b.sequence);
  return sorted.filter(({ type }, index) => type !== 'survey-answered' || sorted[index + 1]?.type !== type);
}
