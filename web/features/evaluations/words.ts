import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import type { AgreementEvent } from '../../wire.ts';
import { type Evaluation, type EvaluationSummary, type Named, type Next, figure } from './evaluation.ts';

/** What somebody is called who is evaluated, or acts. */
export function useNamed(): (named: Named) => string {
  const format = useFormat();
  return ({ title, name, subject }) => (title ? format.text(title) : (name ?? subject.slice(0, 8)));
}

/** A period by its first and last day. */
export function usePeriod(): (period: EvaluationSummary['period']) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ from, to }) => t('evaluations.period', { from: format.date(from), to: format.date(to) });
}

/** What happens next, who must act, and by when. */
export function useNext(): (next: Next) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const named = useNamed();
  const list = (words: string[]): string => words.join(t('common.listSeparator'));
  return ({ what, who, about, due, indicators }) => {
    const isOwn = about !== null && who.length === 1 && who[0]?.subject === about.subject;
    const said = t(`evaluationNext.${what}`, {
      who: list(who.map(named)),
      what:
        indicators.length === 0 ? t('evaluations.theScore') : list(indicators.map(({ title }) => format.text(title))),
      of: about === null || isOwn ? '' : t('evaluations.ofWhom', { who: named(about) }),
      by: due ? format.due(due.dueAt, due.localDate) : '',
    });
    return due && what !== 'object'
      ? said + t('evaluations.byWhen', { by: format.due(due.dueAt, due.localDate) })
      : said;
  };
}

/** What happened to an evaluation, as a sentence. */
export function useHappened({ subjects, scheme }: Evaluation): (event: AgreementEvent) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const named = useNamed();
  const role = useRoleName();
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return ({ type, data }) => {
    const one = subjects.find(({ subject }) => subject === data.subject);
    const indicator = scheme?.indicators.find(({ id }) => id === data.indicator);
    const due = (data.objectionsUntil ?? data.due) as { localDate?: string } | null | undefined;
    const consequence = data.consequence as { kind?: string } | string | undefined;
    const kind =
      typeof consequence === 'object' ? consequence.kind : one?.consequences.find(({ id }) => id === consequence)?.kind;
    const verdict = text(data.verdict);
    return t(`evaluationEvent.${type}`, {
      who: one ? named(one) : '',
      seat: role(text(data.seat)),
      version: text(data.version),
      what: indicator ? format.text(indicator.title) : t('evaluations.wholeResult'),
      value: figure(text(data.value) || text(data.total)),
      from: figure(text(data.from)),
      by: due?.localDate ? format.date(due.localDate) : t('common.none'),
      verdict: verdict === '' ? '' : t(`evaluationVerdict.${verdict}`),
      kind: kind ? t(`consequenceKind.${kind}`) : '',
      amount: text(data.amount),
    });
  };
}
