import { Button, Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActAnswer } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { ActDialog, type Field } from '../process/act-dialog.tsx';
import { capChoice, factorsIn } from './act-forms.tsx';
import { type Engagement, SECTIONS } from './engagement.ts';

interface Row {
  what: string;
  standard: string;
  dueOn: string;
}

/** The agreement with the third party, prefilled with what was applied for or drafted before. */
export function DraftDialog({
  engagement,
  close,
  done,
}: {
  engagement: Engagement;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { rules, draft, rounds, milestones } = engagement;
  const [rows, setRows] = useState<Row[]>(() =>
    milestones.map(({ what, standard, dueOn }) => ({ what: what ?? '', standard: standard ?? '', dueOn: dueOn ?? '' })),
  );
  const demanded = rules.agreement.sections;
  const sections = SECTIONS.filter(
    (one) => demanded.includes(one) || draft?.sections.some(({ section }) => section === one),
  );
  const [last] = rounds;
  const scope = draft?.scope ?? last?.scope ?? [];
  const scopeWords = scope.map(({ title, words }) => words ?? (title ? format.text(title) : '')).join('\n');
  const written = (section: string): string | null =>
    draft?.sections.find((one) => one.section === section)?.words ??
    (section === 'purpose' ? (last?.purpose ?? null) : section === 'scope' ? scopeWords : null);
  const fields: Field[] = [
    ...sections.map((section): Field => ({
      name: `section.${section}`,
      label: t(`engagementSection.${section}`),
      type: 'area',
      max: 20_000,
      required: demanded.includes(section),
      initial: written(section),
    })),
    ...(rules.scopes.length === 0
      ? []
      : [
          {
            name: 'scope',
            label: t('engagements.scopeCodes'),
            type: 'many' as const,
            initial: scope.filter(({ title }) => title !== null).map(({ id }) => id),
            options: rules.scopes.map(({ id, title }) => ({ value: id, label: format.text(title) })),
          },
        ]),
    {
      name: 'otherScope',
      label: t(rules.scopes.length === 0 ? 'engagements.scopeTasks' : 'engagements.otherScope'),
      type: 'points',
      required: rules.scopes.length === 0,
      initial: initialPoints(scope.flatMap(({ words }) => words ?? [])),
      help: t('engagements.scopeTasksHelp'),
    },
    ...(rules.fee
      ? [
          {
            name: 'feeBasis',
            label: t('engagements.feeBasis'),
            type: 'select' as const,
            required: true,
            initial: draft?.fee?.basis ?? (draft ? 'none' : null),
            options: ['agreed', 'actual', 'none'].map((value) => ({ value, label: t(`feeBasis.${value}`) })),
          },
          {
            name: 'feeAmount',
            label: t('engagements.feeAmount', { currency: engagement.agreement.currency }),
            type: 'decimal' as const,
            required: true,
            initial: draft?.fee?.amount ?? null,
            when: ({ feeBasis }: Record<string, unknown>) => feeBasis === 'agreed',
          },
        ]
      : []),
    ...(rules.cap
      ? [
          { ...capChoice(t, true), initial: draft ? (draft.cap === null ? 'by-law' : 'sum') : null },
          {
            name: 'cap',
            label: t('engagements.capAmount', { currency: engagement.agreement.currency }),
            type: 'decimal' as const,
            required: true,
            initial: draft?.cap ?? null,
            when: ({ capKind }: Record<string, unknown>) => capKind === 'sum',
          },
          ...rules.cap.rationale.map(({ id, title }): Field => ({
            name: `rationale.${id}`,
            label: t('engagements.capReason', { factor: format.text(title) }),
            type: 'area',
            required: rules.cap?.mandatory === true,
            initial: draft?.rationale.find((one) => one.id === id)?.words ?? null,
            when: ({ capKind }) => capKind === 'sum',
          })),
        ]
      : []),
    { name: 'endsOn', label: t('engagements.endsOn'), type: 'date', initial: draft?.endsOn ?? null },
  ];
  const whole = rows.filter(({ what }) => what.trim() !== '');
  return (
    <ActDialog
      agreementId={engagement.agreementId}
      close={close}
      done={done}
      form={{
        path: `/engagements/${encodeURIComponent(engagement.id)}/draft`,
        title: t('engagementAct.draft'),
        capacities: engagement.as.draft ?? [],
        explained: t('engagements.draftExplained'),
        fields,
        files: 'may',
        ...(rules.acceptance
          ? { extra: { isComplete: true, node: () => <Milestones rows={rows} change={setRows} /> } }
          : {}),
        toFields: (said) => ({
          sections: JSON.stringify(
            Object.fromEntries(
              Object.entries(said).flatMap(([name, words]) =>
                name.startsWith('section.') ? [[name.slice('section.'.length), words]] : [],
              ),
            ),
          ),
          scope: said['scope'],
          otherScope: said['otherScope'],
          ...(said['feeBasis'] === undefined || said['feeBasis'] === 'none'
            ? {}
            : {
                fee: JSON.stringify(
                  said['feeBasis'] === 'agreed' ? { basis: 'agreed', amount: said['feeAmount'] } : { basis: 'actual' },
                ),
              }),
          ...(said['capKind'] === undefined ? {} : { cap: said['capKind'] === 'sum' ? said['cap'] : 'null' }),
          rationale: factorsIn(said),
          endsOn: said['endsOn'],
          milestones: JSON.stringify(
            whole.map(({ what, standard, dueOn }) => ({
              what: what.trim(),
              ...(standard.trim() === '' ? {} : { standard: standard.trim() }),
              dueOn: dueOn === '' ? null : dueOn,
            })),
          ),
        }),
      }}
    />
  );
}

function initialPoints(words: string[]): string[] {
  return words.length === 0 ? [''] : words;
}

/** What is to be handed in, by what standard, by when. */
function Milestones({ rows, change }: { rows: Row[]; change: (rows: Row[]) => void }): ReactNode {
  const { t } = useTranslation();
  const set = (index: number, field: keyof Row) => (event: { target: { value: string } }) =>
    change(rows.map((row, at) => (at === index ? { ...row, [field]: event.target.value } : row)));
  return (
    <Form.Item label={t('engagements.milestones')}>
      <div className="stack" style={{ gap: 12 }}>
        {rows.map((row, index) => (
          // The order is what numbers them.
          <div
            key={index}
            role="group"
            aria-label={t('engagements.milestoneNumber', { number: index + 1 })}
            className="stack"
            style={{ gap: 8 }}
          >
            <span className="muted">{t('engagements.milestoneNumber', { number: index + 1 })}</span>
            <Input.TextArea
              aria-label={t('engagements.milestoneWhat', { number: index + 1 })}
              placeholder={t('engagements.what')}
              autoSize={{ minRows: 1, maxRows: 4 }}
              maxLength={2_000}
              value={row.what}
              onChange={set(index, 'what')}
            />
            <Input.TextArea
              aria-label={t('engagements.milestoneStandard', { number: index + 1 })}
              placeholder={t('engagements.standard')}
              autoSize={{ minRows: 1, maxRows: 4 }}
              maxLength={2_000}
              value={row.standard}
              onChange={set(index, 'standard')}
            />
            <div className="toolbar">
              <Input
                type="date"
                aria-label={t('engagements.milestoneDay', { number: index + 1 })}
                style={{ width: 180 }}
                value={row.dueOn}
                onChange={set(index, 'dueOn')}
              />
              <Button type="link" className="inline-link" onClick={() => change(rows.filter((_, at) => at !== index))}>
                {t('file.remove')}
              </Button>
            </div>
          </div>
        ))}
        <div>
          <Button size="small" onClick={() => change([...rows, { what: '', standard: '', dueOn: '' }])}>
            {t('engagements.addMilestone')}
          </Button>
        </div>
      </div>
    </Form.Item>
  );
}
