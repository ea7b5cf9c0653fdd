import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { AccountLine } from './account.tsx';
import type { ActForm } from './act-dialog.tsx';
import type { Matter, Rule } from './life.ts';
import { useNumbered } from './numbered.ts';
import { occurrenceOptions, seatOptions } from './options.ts';
import { ActButton, Section, type SectionProps, clausesOf } from './section.tsx';

const COLOUR: Record<Matter['status'], string> = {
  open: 'gold',
  overdue: 'red',
  answered: 'green',
  refused: 'orange',
  escalated: 'red',
  closed: 'default',
};

/** Requests, confidentiality incidents, disputes and meetings between the parties. */
export function Matters({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const titled = useTitled();
  const numbered = useNumbered();
  const { provides, matters, acts } = life;
  const parties = Object.keys(agreement.parties);
  const about: ActForm['fields'] = [
    { name: 'about', label: t('life.about'), type: 'select', options: occurrenceOptions(agreement, titled) },
    { name: 'topic', label: t('life.topic'), type: 'text', required: true },
    { name: 'details', label: t('life.details'), type: 'area' },
  ];
  const ruleField = (rules: Rule[]): ActForm['fields'] =>
    rules.length > 1
      ? [
          {
            name: 'rule',
            label: t('life.rule'),
            type: 'select',
            required: true,
            options: rules.map(({ id, title, clauses }) => ({
              value: id,
              label: [format.text(title), clauses.join(', ')].filter(Boolean).join(' · '),
            })),
          },
        ]
      : [];
  const form = (kind: Matter['kind'], fields: ActForm['fields'], rule?: string): ActForm => ({
    act: 'openMatter',
    path: '/matters',
    title: t(`life.open.${kind}`),
    explained: t(`life.openExplained.${kind}`),
    seats: kind === 'meeting' ? [...parties, 'coordinator'] : parties,
    fields,
    fixed: { kind, ...(rule === undefined ? {} : { rule }) },
    files: 'may',
  });
  const only = (rules: { id: string }[]): string | undefined => (rules.length === 1 ? rules[0]?.id : undefined);
  const kinds: { kind: Matter['kind']; rules: Rule[]; fields: ActForm['fields'] }[] = [
    { kind: 'request', rules: provides.requests, fields: about },
    { kind: 'incident', rules: provides.confidentiality, fields: about },
    { kind: 'dispute', rules: provides.disputes, fields: about },
    {
      kind: 'meeting',
      rules: provides.meetings,
      fields: [
        { name: 'on', label: t('life.meetingOn'), type: 'date', required: true },
        { name: 'topic', label: t('life.topic'), type: 'text', required: true },
        { name: 'agenda', label: t('life.agenda'), type: 'area' },
      ],
    },
  ];
  const provided = kinds.filter(({ rules }) => rules.length > 0);
  return (
    <Section
      title={t('life.matters')}
      clauses={clausesOf(provided.flatMap(({ rules }) => rules))}
      actions={
        acts.includes('open-matter')
          ? provided.map(({ kind, rules, fields }) => (
              <ActButton
                key={kind}
                agreement={agreement}
                open={open}
                label={t(`life.open.${kind}`)}
                form={form(kind, [...ruleField(rules), ...fields], only(rules))}
              />
            ))
          : null
      }
    >
      {matters.length === 0 ? <p className="muted none-yet">{t('life.noMatters')}</p> : null}
      {matters.toReversed().map((matter) => (
        <article key={matter.id} className="entry">
          <div className="heading">
            <strong className="grow">
              {t(`matterKind.${matter.kind}`)} {matter.topic ?? matter.id}{' '}
              <Tag color={COLOUR[matter.status]}>{t(`life.matterStatus.${matter.status}`)}</Tag>
            </strong>
            {matter.endedAt === null && acts.includes('carry-matter') ? (
              <ActButton
                agreement={agreement}
                open={open}
                label={t('life.do.carryMatter')}
                form={stepForm(matter, numbered(matter.id), parties, seatOptions(agreement, role), (key, values) =>
                  t(key, values ?? {}),
                )}
              />
            ) : null}
          </div>
          <div className="muted small">
            {[
              numbered(matter.id),
              `${format.text(matter.from.title)}${matter.to ? ` → ${format.text(matter.to.title)}` : ''}`,
              matter.about ? format.text(matter.about.title) : '',
              matter.on ? t('life.heldOn', { on: format.date(matter.on) }) : '',
              matter.due ? t('life.dueBy', { by: format.due(matter.due.dueAt, matter.due.localDate) }) : '',
            ]
              .filter(Boolean)
              .join(' · ')}{' '}
            <ClauseLinks clauses={matter.clauses} />
          </div>
          {[matter.details, matter.agenda].filter(Boolean).map((said) => (
            <p key={said} className="said">
              {said}
            </p>
          ))}
          <AccountLine agreement={agreement} account={matter} />
          {matter.steps.map((step) => (
            <div key={`${step.type} ${step.at}`} className="step">
              <strong>{t(`life.step.${step.type}`)}</strong> {format.text(step.by.title)}
              {step.owner ? ` · ${t('life.carriedOutBy', { who: format.text(step.owner.title) })}` : ''}
              {step.dueOn ? ` · ${t('life.dueBy', { by: format.date(step.dueOn) })}` : ''}
              {[step.details, step.minutes].filter(Boolean).map((said) => (
                <p key={said} className="said">
                  {said}
                </p>
              ))}
              <AccountLine agreement={agreement} account={{ ...step, reason: null }} />
            </div>
          ))}
        </article>
      ))}
    </Section>
  );
}

/** What may follow in a matter of its kind. */
const STEPS: Record<Matter['kind'], string[]> = {
  request: ['answer', 'refuse', 'close'],
  incident: ['answer', 'decide', 'close'],
  dispute: ['answer', 'decide', 'escalate', 'close'],
  meeting: ['decide', 'close'],
};

function stepForm(
  { id, kind, from, to }: Matter,
  number: string,
  parties: string[],
  seats: { value: string; label: string }[],
  t: (key: string, values?: Record<string, unknown>) => string,
): ActForm {
  const decides = ({ step }: Record<string, unknown>): boolean => step === 'decide';
  return {
    act: 'carryMatter',
    path: `/matters/${encodeURIComponent(id)}/steps`,
    title: t('life.carry', { what: `${t(`matterKind.${kind}`)} ${number}` }),
    seats:
      kind === 'meeting'
        ? [...parties, 'coordinator']
        : [...new Set([...(to ? [to.seat] : []), from.seat, ...parties])],
    fields: [
      {
        name: 'step',
        label: t('life.whatStep'),
        type: 'select',
        required: true,
        options: STEPS[kind].map((value) => ({ value, label: t(`life.step.${value}`) })),
      },
      { name: 'details', label: t('life.words'), type: 'area' },
      { name: 'owner', label: t('life.owner'), type: 'select', options: seats, when: decides },
      { name: 'dueOn', label: t('life.dueOn'), type: 'date', when: decides },
      ...(kind === 'meeting' ? [{ name: 'minutes', label: t('life.minutes'), type: 'area' as const }] : []),
    ],
    files: 'may',
  };
}
