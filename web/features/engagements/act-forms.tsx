import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { todayIn } from '../../app/moment.ts';
import type { ActForm, Field } from '../process/act-dialog.tsx';
import type { Engagement, EngagementAct, Titled } from './engagement.ts';
import { applicationFields, applicationOf } from './application.ts';

type Specifics = Omit<ActForm, 'path' | 'title' | 'capacities'>;

const ENDING: readonly EngagementAct[] = ['refuse-to-sign', 'withdraw', 'end', 'report-involvement'];

/** What each act asks for; drafting has a dialog of its own. */
export function useActForms(engagement: Engagement): (act: EngagementAct) => ActForm | undefined {
  const { t } = useTranslation();
  const format = useFormat();
  const { rules, agreement, milestones, support, losses, items, reports, undertaken, draft } = engagement;
  const today = todayIn(agreement.zone);
  const area = (name: string, label: string, required = false): Field => ({
    ...{ name, label: t(`engagements.${label}`), type: 'area' as const, required },
    ...(['details', 'minutes', 'findings'].includes(name) ? { max: 20_000 } : {}),
  });
  const reason = area('reason', 'reason');
  const note = area('note', 'note');
  const amount: Field = { name: 'amount', label: t('engagements.amount'), type: 'decimal', required: true };
  const select = (name: string, label: string, options: Field['options'], initial: string | null = null): Field => ({
    ...{ name, label: t(`engagements.${label}`), type: 'select' as const, required: true },
    options: options ?? [],
    initial: initial ?? (options?.length === 1 ? (options[0]?.value ?? null) : null),
  });
  const day = (name: string, label: string): Field => ({
    ...{ name, label: t(`engagements.${label}`), type: 'date' as const, required: true, initial: today },
  });
  const seats = (list: { seat: string; title: Titled['title'] }[]) =>
    list.map(({ seat, title }) => ({ value: seat, label: format.text(title) }));
  const third = { seat: engagement.thirdParty.seat, title: engagement.seatTitles[engagement.thirdParty.seat] };
  const everybody = [...agreement.parties, ...(third.title ? [{ seat: third.seat, title: third.title }] : [])];
  const nameOf = ({ milestone, what }: Engagement['milestones'][number]): string => what ?? milestone;
  const toHandIn = milestones.filter(({ status }) => status !== 'accepted');
  const toJudge = milestones.filter(({ status }) => status === 'handed-in');
  const accepted = milestones.filter(({ status }) => status === 'accepted');
  const choose = (list: Engagement['milestones']) => list.map((one) => ({ value: one.milestone, label: nameOf(one) }));
  const open = losses.filter(({ status }) => status === 'claimed' || status === 'disputed');
  const lossName = ({ loss, details, amount: sum }: Engagement['losses'][number]): string =>
    `${loss} · ${sum} ${agreement.currency}${details === null ? '' : ` · ${details.slice(0, 40)}`}`;
  const chosen = (list: Engagement['losses']) => list.map((one) => ({ value: one.loss, label: lossName(one) }));
  const verdict = (values: string[], words: (value: string) => string): Field =>
    select(
      'verdict',
      'verdict',
      values.map((value) => ({ value, label: words(value) })),
    );
  const points: Field = {
    name: 'points',
    label: t('engagements.points'),
    type: 'points',
    required: true,
    when: ({ verdict: said }) => said === 'reject',
  };
  const onlyRejected = ({ points: said, ...rest }: Record<string, unknown>): Record<string, unknown> =>
    said === undefined ? rest : { ...rest, points: said };
  const canBe = (act: EngagementAct): boolean => engagement.can.includes(act);

  const forms = (): Partial<Record<EngagementAct, Specifics>> => ({
    apply: {
      explained: t('engagements.applyAgainExplained'),
      fields: applicationFields(rules, { t, format, again: true }),
      toFields: applicationOf,
      files: rules.application?.demands.includes('documents') ? 'must' : 'may',
    },
    reply: {
      explained: t('engagements.replyExplained'),
      fields: [
        verdict(['agree', 'refuse', 'ask'], (value) => t(`engagementReply.${value}`)),
        {
          ...area('reason', 'replyReason', true),
          when: ({ verdict: said }) => said === 'refuse' || said === 'ask',
        },
      ],
      files: 'may',
    },
    provide: { fields: [area('details', 'answer', true)], files: 'may' },
    withdraw: { fields: [reason] },
    negotiate: {
      explained: t('engagements.negotiateExplained'),
      fields: [
        day('heldOn', 'heldOn'),
        {
          name: 'present',
          label: t('engagements.present'),
          type: 'many',
          required: true,
          initial: everybody.map(({ seat }) => seat),
          options: seats(everybody),
        },
        area('minutes', 'minutes'),
      ],
      files: 'may',
    },
    review: {
      explained: t('engagements.reviewExplained'),
      fields: [verdict(['accept', 'reject'], (value) => t(`engagementReview.${value}`)), points],
      toFields: onlyRejected,
    },
    sign: {
      explained: t('engagements.signExplained'),
      fields: [day('signedOn', 'signedOn')],
      files: 'may',
    },
    'refuse-to-sign': {
      explained: t('engagements.refuseExplained'),
      fields: [area('reason', 'reason', true)],
    },
    undertake: {
      explained: t('engagements.undertakeExplained'),
      fields: [
        select(
          'what',
          'undertaking',
          [...(rules.undertaking ? ['secrecy'] : []), ...(rules.siteRules ? ['site-rules'] : [])]
            .filter((what) => !undertaken.some((one) => one.what === what))
            .map((value) => ({ value, label: t(`engagementUndertaking.${value}`) })),
        ),
      ],
      files: 'must',
    },
    access: {
      explained: t('engagements.accessExplained'),
      fields: [
        select(
          'step',
          'accessStep',
          (engagement.access === 'granted' ? ['withdraw'] : ['grant']).map((value) => ({
            value,
            label: t(`engagementAccessStep.${value}`),
          })),
        ),
        reason,
      ],
    },
    'start-work': { explained: t('engagements.startExplained'), fields: [] },
    'report-involvement': {
      explained: t('engagements.involvementExplained'),
      fields: [day('foundOn', 'foundOn'), area('details', 'found', true)],
      files: 'must',
    },
    assign: {
      explained: t('engagements.assignExplained'),
      fields: [
        { name: 'title', label: t('engagements.task'), type: 'text', required: true },
        select(
          'scope',
          'scope',
          (draft?.scope ?? []).map(({ id, title, words }) => ({
            value: id,
            label: words ?? (title ? format.text(title) : id),
          })),
        ),
        { ...area('details', 'details'), max: 2_000 },
      ],
    },
    deliver: {
      fields: [select('milestone', 'milestone', choose(toHandIn)), { ...note, max: 20_000 }],
      files: 'must',
    },
    'judge-delivery': {
      explained: t('engagements.judgeExplained'),
      fields: [
        select('milestone', 'milestone', choose(toJudge)),
        verdict(['accept', 'reject'], (value) => t(`engagementAcceptance.${value}`)),
        points,
      ],
      toFields: onlyRejected,
    },
    'follow-up': {
      explained: t('engagements.followUpExplained'),
      fields: [
        { name: 'title', label: t('engagements.shortcoming'), type: 'text', required: true },
        area('details', 'details'),
        select(
          'severity',
          'severity',
          ['1', '2', '3', '4', '5'].map((value) => ({ value, label: value })),
          '3',
        ),
      ],
    },
    'review-effect': {
      fields: [
        select('milestone', 'milestone', choose(accepted)),
        verdict(['good', 'poor'], (value) => t(`engagementEffect.${value}`)),
        { ...note, max: 20_000 },
      ],
    },
    supervise: {
      explained: t('engagements.superviseExplained'),
      fields: [
        ...(reports.some(({ complete }) => !complete)
          ? [
              {
                name: 'report',
                label: t('engagements.report'),
                type: 'select' as const,
                options: reports
                  .filter(({ complete }) => !complete)
                  .map(({ report, title }) => ({ value: report, label: title ?? report })),
                help: t('engagements.reportHelp'),
              },
            ]
          : []),
        {
          name: 'title',
          label: t('engagements.reportTitle'),
          type: 'text',
          required: true,
          when: ({ report }) => !report,
        },
        area('findings', 'findings', true),
      ],
      files: 'may',
    },
    'ask-support': {
      fields: [
        { name: 'title', label: t('engagements.request'), type: 'text', required: true },
        {
          name: 'of',
          label: t('engagements.askedOf'),
          type: 'many',
          options: seats(rules.support?.by ?? []),
          initial: (rules.support?.by ?? []).map(({ seat }) => seat),
        },
        area('details', 'details'),
      ],
    },
    'answer-support': {
      fields: [
        select(
          'request',
          'request',
          support
            .filter(({ answeredOn }) => answeredOn === null)
            .map(({ request, title }) => ({ value: request, label: title ?? request })),
        ),
        area('details', 'answer', true),
      ],
      files: 'may',
    },
    charge: {
      explained: t('engagements.chargeExplained'),
      fields: [
        amount,
        {
          name: 'paidBy',
          label: t('engagements.paidBy'),
          type: 'select',
          options: seats(agreement.parties),
          help: t('engagements.paidByHelp'),
        },
        note,
      ],
      files: 'must',
    },
    pay: {
      explained: t('engagements.payExplained'),
      fields: [amount, { name: 'reference', label: t('engagements.reference'), type: 'text' }],
      files: 'may',
    },
    'propose-cap': {
      explained: t('engagements.capExplained'),
      fields: [
        capChoice(t, true),
        { ...amount, name: 'cap', when: ({ capKind }) => capKind === 'sum' },
        ...factorFields(rules.cap?.rationale ?? []),
        reason,
      ],
      toFields: ({ capKind, cap, reason: why, ...rest }) => ({
        amount: capKind === 'sum' ? cap : null,
        rationale: factorsIn(rest),
        reason: why,
      }),
    },
    'answer-cap': {
      explained: t('engagements.answerCapExplained'),
      fields: [verdict(['consent', 'decline'], (value) => t(`engagementConsent.${value}`)), reason],
      files: 'may',
    },
    'report-loss': {
      explained: t('engagements.lossExplained'),
      fields: [
        amount,
        select('cause', 'cause', seats(everybody), third.seat),
        select(
          'category',
          'category',
          ['delay-cost', 'customer-loss', 'quality', 'leak', 'other'].map((value) => ({
            value,
            label: t(`lossCategory.${value}`),
          })),
        ),
        {
          ...select('of', 'sufferedBy', seats(agreement.parties)),
          help: t('engagements.sufferedByHelp'),
          required: false,
        },
        day('lossOn', 'lossOn'),
        area('details', 'lossDetails', true),
      ],
      files: 'must',
    },
    'answer-loss': {
      fields: [
        select('loss', 'loss', chosen(open)),
        verdict(['agree', 'dispute', 'drop'], (value) => t(`engagementLossAnswer.${value}`)),
        {
          ...amount,
          required: false,
          help: t('engagements.agreedHelp'),
          when: ({ verdict: said }) => said === 'agree',
        },
        reason,
      ],
      files: 'may',
    },
    'record-recourse': {
      explained: t('engagements.recourseExplained'),
      fields: [select('loss', 'loss', chosen(losses)), amount, note],
      files: 'must',
    },
    end: {
      explained: t('engagements.endExplained'),
      fields: [
        select(
          'ground',
          'ground',
          [
            ...(rules.end?.grounds ?? []),
            ...(engagement.as.end?.some(({ as }) => as === 'coordinator') ? ['agreed'] : []),
          ].map((value) => ({ value, label: t(`engagementGround.${value}`) })),
          engagement.ending?.ground ?? null,
        ),
        reason,
      ],
      files: 'may',
    },
    serve: {
      explained: t('engagements.serveExplained'),
      fields: [
        select(
          'notice',
          'notice',
          [
            ...(engagement.capChanges.some(({ status }) => status === 'agreed') ? ['cap'] : []),
            ...(engagement.ending ? ['end'] : []),
          ].map((value) => ({ value, label: t(`engagementNotice.${value}`) })),
        ),
        day('servedOn', 'servedOn'),
      ],
      files: 'must',
    },
    settle: {
      fields: [
        select(
          'item',
          'item',
          items
            .filter(({ waitsFor }) => waitsFor.length > 0)
            .map(({ id, title }) => ({ value: id, label: format.text(title) })),
        ),
        note,
      ],
      files: 'may',
    },
  });

  function factorFields(factors: Titled[]): Field[] {
    return factors.map(({ id, title }) => ({
      name: `rationale.${id}`,
      label: t('engagements.capReason', { factor: format.text(title) }),
      type: 'area',
    }));
  }

  return (act) => {
    if (!canBe(act)) return undefined;
    const specifics = forms()[act];
    return (
      specifics && {
        path: `/engagements/${encodeURIComponent(engagement.id)}/${act}`,
        title: t(`engagementAct.${act}`),
        capacities: engagement.as[act] ?? [],
        danger: ENDING.includes(act),
        // To withdraw access protects, and waits for no paper.
        proven: !(act === 'access' && engagement.access === 'granted'),
        ...specifics,
      }
    );
  };
}

/** A sum, or as the law provides: the one is as good an answer as the other. */
export function capChoice(t: (key: string) => string, required: boolean): Field {
  return {
    name: 'capKind',
    label: t('engagements.capKind'),
    type: 'select',
    required,
    options: ['sum', 'by-law'].map((value) => ({ value, label: t(`capKind.${value}`) })),
    help: t('engagements.byLawHelp'),
  };
}

/** Reasons of a cap by factor, from fields that are named so; as JSON, because files may come along. */
export function factorsIn(said: Record<string, unknown>): string {
  const entries = Object.entries(said).filter(([name]) => name.startsWith('rationale.'));
  return JSON.stringify(Object.fromEntries(entries.map(([name, words]) => [name.slice('rationale.'.length), words])));
}
