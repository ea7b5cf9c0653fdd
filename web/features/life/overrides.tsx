import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useRoleName, useRoleNames } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { AccountLine } from './account.tsx';
import { occurrenceOptions, seatOptions } from './options.ts';
import { ActButton, Section, type SectionProps } from './section.tsx';

const WAYS = ['dueOn', 'responsible', 'skip'] as const;
const OPEN = ['pending', 'overdue', 'in-review', 'rework'];

/** Special cases (S004-27): one date, one owner or one step, changed with its reason by whom the contract trusts with it. */
export function Overrides({ agreement, life, open }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const roles = useRoleNames();
  const titled = useTitled();
  const { provides, overrides, acts } = life;
  const rule = provides.override;
  if (!rule && overrides.length === 0) return null;
  const duties = agreement.obligations.filter(({ kind, status }) => kind !== 'payment' && OPEN.includes(status));
  return (
    <Section
      title={t('life.overrides')}
      clauses={rule?.clauses ?? []}
      actions={
        rule && acts.includes('override') && duties.length > 0 ? (
          <ActButton
            agreement={agreement}
            open={open}
            label={t('life.do.override')}
            form={{
              act: 'override',
              path: ({ obligation }) => `/obligations/${encodeURIComponent(String(obligation))}/overrides`,
              title: t('life.overrides'),
              explained: t('life.overrideExplained'),
              seats: rule.by.map(({ seat }) => seat),
              ownOnly: true,
              fields: [
                {
                  name: 'obligation',
                  label: t('obligations.obligation'),
                  type: 'select',
                  required: true,
                  options: occurrenceOptions({ ...agreement, obligations: duties }, titled),
                },
                {
                  name: 'way',
                  label: t('life.overrideWay'),
                  type: 'select',
                  required: true,
                  initial: 'dueOn',
                  options: WAYS.map((value) => ({ value, label: t(`life.override.${value}`) })),
                },
                {
                  name: 'dueOn',
                  label: t('life.overrideDueOn'),
                  type: 'date',
                  required: true,
                  when: ({ way }) => way === 'dueOn',
                },
                {
                  name: 'responsible',
                  label: t('life.overrideOwner'),
                  type: 'select',
                  required: true,
                  options: seatOptions(agreement, role),
                  when: ({ way }) => way === 'responsible',
                },
                { name: 'reason', label: t('life.reason'), type: 'area', required: true },
              ],
              toFields: ({ way, obligation: _obligation, ...rest }) => ({
                ...rest,
                ...(way === 'skip' ? { skip: true } : {}),
              }),
            }}
          />
        ) : null
      }
    >
      {rule ? (
        <p className="muted small none-yet">{t('life.overrideBy', { who: roles(rule.by.map(({ seat }) => seat)) })}</p>
      ) : null}
      {overrides.length === 0 ? <p className="muted none-yet">{t('life.noOverrides')}</p> : null}
      {overrides.toReversed().map((one) => (
        <article key={`${one.obligation.reference} ${one.at ?? ''}`} className="entry">
          <div>
            <strong>{format.text(one.obligation.title)}</strong>{' '}
            {one.skipped
              ? t('life.overridden.skip')
              : one.dueOn
                ? t('life.overridden.dueOn', { on: format.date(one.dueOn) })
                : t('life.overridden.responsible', { who: one.responsible ? format.text(one.responsible.title) : '' })}
          </div>
          <div className="muted small">{t('life.decidedBy', { who: format.text(one.by.title) })}</div>
          <AccountLine agreement={agreement} account={one} />
        </article>
      ))}
    </Section>
  );
}
