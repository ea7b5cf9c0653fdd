import { Button, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Agreement, Duty, Obligation } from '../../wire.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { isNothing, moneyText } from '../../app/moment.ts';
import { useRoleName, useRoleNames } from '../../app/names.ts';
import { occurrenceText } from '../../app/occurrence.ts';
import { Records } from '../../app/records.tsx';
import { ObligationStatusTag } from '../../app/status-tag.tsx';
import { StepsPopover } from '../../app/steps-popover.tsx';
import { useLife } from '../life/life.ts';
import { ownSeat, useActing } from './acting.ts';
import { useDutyWords } from './duty-words.ts';
import { FilterSelect } from './filter-select.tsx';
import { sectionPath } from './sections.ts';

/** A duty with the occurrence that is shown for it, or one more of its occurrences. */
interface Row {
  key: string;
  duty: Duty;
  obligation: Obligation | null;
  /** How many occurrences there are; on the duty's own row. */
  occurrences: number;
  isMore: boolean;
}

const OPEN = ['overdue', 'rework', 'in-review', 'pending'];

/** The occurrence that matters most: what is overdue, then what is due next, then the last. */
function pressing(all: Obligation[]): Obligation | null {
  const open = all.filter(({ status }) => OPEN.includes(status));
  const overdue = open.filter(({ status }) => status === 'overdue').toSorted((a, b) => b.daysLate - a.daysLate);
  const next = open.toSorted((a, b) => Date.parse(a.dueAt ?? '9999-12-31') - Date.parse(b.dueAt ?? '9999-12-31'));
  return overdue[0] ?? next[0] ?? all.at(-1) ?? null;
}

interface Narrowed {
  status: string | null;
  who: string | null;
  obligation: string | null;
}

function rowsOf(agreement: Agreement, unfolded: readonly string[], narrowed: Narrowed): Row[] {
  const isWanted = ({ status, responsible }: Obligation): boolean =>
    (narrowed.status === null || status === narrowed.status) && (narrowed.who === null || responsible === narrowed.who);
  const byOccurrence = narrowed.status !== null;
  return agreement.duties.flatMap((duty) => {
    if (narrowed.obligation !== null && duty.id !== narrowed.obligation) return [];
    const of = agreement.obligations.filter(({ id }) => id === duty.id);
    const all = of.filter(isWanted);
    const isDutyWanted = !byOccurrence && (narrowed.who === null || duty.responsible === narrowed.who);
    if (all.length === 0 && !isDutyWanted) return [];
    const shown = pressing(all);
    const own = { key: duty.id, duty, obligation: shown, occurrences: duty.recurs ? all.length : 0, isMore: false };
    const more = unfolded.includes(duty.id) || narrowed.obligation !== null ? all.filter((one) => one !== shown) : [];
    return [
      own,
      ...more.map((obligation) => ({
        key: `${duty.id}#${obligation.occurrence ?? ''}`,
        duty,
        obligation,
        occurrences: 0,
        isMore: true,
      })),
    ];
  });
}

/** Every duty: until when and why then, whose, how it stands, what it costs, what can be done; recurring ones folded. */
export function Obligations({
  agreement,
  submit,
  review,
}: {
  agreement: Agreement;
  submit: (obligation: Obligation) => void;
  review: (obligation: Obligation) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const roles = useRoleNames();
  const words = useDutyWords(agreement);
  const [unfolded, setUnfolded] = useState<string[]>([]);
  const canAct = useMay('agreements.act') && (agreement.status === 'active' || agreement.status === 'suspended');
  const period = (occurrence: string): string =>
    occurrenceText(occurrence, (key, values) => t(key, values ?? {}), format.language);
  const { address, narrow } = useAddressFilters({ replace: true });
  const narrowed = { status: address.get('status'), who: address.get('who'), obligation: address.get('obligation') };
  const isNarrowed = Object.values(narrowed).some((value) => value !== null);
  const found = [...new Set(agreement.obligations.map(({ status }) => status))];
  const owners = [...new Set(agreement.duties.map(({ responsible }) => responsible))];
  const list = (
    <Records
      label={t('obligations.title')}
      rows={rowsOf(agreement, unfolded, narrowed)}
      rowKey={({ key }) => key}
      empty={isNarrowed ? t('agreementPage.noneFound') : t('obligations.none')}
      columns={[
        {
          key: 'title',
          title: t('obligations.obligation'),
          heading: true,
          render: ({ duty, obligation, occurrences, isMore }) =>
            isMore ? (
              <div className="occurrence">{obligation?.occurrence ? period(obligation.occurrence) : ''}</div>
            ) : (
              <>
                <div>{format.text(duty.title)}</div>
                <div className="muted small" style={{ fontWeight: 400 }}>
                  {[t(`kind.${duty.kind}`, { defaultValue: duty.kind }), words.rhythm(duty)]
                    .filter(Boolean)
                    .join(' · ')}{' '}
                  <ClauseLinks clauses={duty.clauses} />
                </div>
                {obligation?.occurrence ? (
                  <div className="small" style={{ fontWeight: 400 }}>
                    {period(obligation.occurrence)}{' '}
                    {occurrences > 1 ? (
                      <Button
                        type="link"
                        size="small"
                        className="inline-link"
                        aria-expanded={unfolded.includes(duty.id)}
                        onClick={() =>
                          setUnfolded(
                            unfolded.includes(duty.id)
                              ? unfolded.filter((id) => id !== duty.id)
                              : [...unfolded, duty.id],
                          )
                        }
                      >
                        {unfolded.includes(duty.id)
                          ? t('obligations.fold')
                          : t('obligations.unfold', { count: occurrences })}
                      </Button>
                    ) : null}
                  </div>
                ) : null}
              </>
            ),
        },
        {
          key: 'status',
          title: t('obligations.status'),
          render: ({ obligation }) => {
            if (!obligation?.dueAt && (!obligation || obligation.status === 'pending')) {
              return <Tag>{t('obligations.notOpened')}</Tag>;
            }
            return (
              <>
                <ObligationStatusTag status={obligation.status} />
                {obligation.status === 'in-review' && obligation.review ? (
                  <div className="muted small">
                    {t('obligations.waitingFor', {
                      who: roles(obligation.review.waitingFor),
                      by: format.due(obligation.review.dueAt, obligation.review.localDate),
                    })}
                  </div>
                ) : null}
              </>
            );
          },
        },
        {
          key: 'due',
          title: t('obligations.due'),
          render: ({ duty, obligation }) => {
            if (obligation?.dueAt && obligation.localDate) {
              const { dueAt, localDate, explanation, fulfilledAt } = obligation;
              return (
                <>
                  <div>
                    <span className="nowrap">{format.due(dueAt, localDate)}</span> <StepsPopover steps={explanation} />
                  </div>
                  {fulfilledAt ? (
                    <div className="muted small">
                      {t('obligations.fulfilledAt', { at: format.instant(fulfilledAt, agreement.zone) })}
                    </div>
                  ) : null}
                </>
              );
            }
            if (agreement.inForceOn === null) return <span className="muted">{t('obligations.dueAfterSigning')}</span>;
            return <span className="muted">{duty.recurs ? t('obligations.notBegun') : words.waitsFor(duty)}</span>;
          },
        },
        {
          key: 'who',
          title: t('obligations.responsible'),
          width: 120,
          // One occurrence may be somebody else's: a special case (S004-27).
          render: ({ duty, obligation, isMore }) => {
            const responsible = obligation?.responsible ?? duty.responsible;
            return isMore && responsible === duty.responsible ? '' : role(responsible);
          },
        },
        {
          key: 'late',
          title: t('obligations.daysLate'),
          render: ({ obligation }) =>
            obligation && obligation.daysLate > 0 ? (
              <span className="late nowrap">{t('obligations.days', { count: obligation.daysLate })}</span>
            ) : (
              <span className="muted">{t('common.none')}</span>
            ),
        },
        {
          key: 'penalty',
          title: t('obligations.penalty'),
          align: 'right',
          render: ({ obligation }) =>
            obligation?.penalty && !isNothing(obligation.penalty.balance) ? (
              <span className="amount late">{moneyText(obligation.penalty.balance, obligation.penalty.currency)}</span>
            ) : (
              <span className="muted">{t('common.none')}</span>
            ),
        },
        ...(canAct
          ? [
              {
                key: 'act',
                title: t('obligations.act'),
                render: ({ duty, obligation }: Row) => (
                  <ObligationActs
                    agreement={agreement}
                    duty={duty}
                    obligation={obligation}
                    submit={submit}
                    review={review}
                  />
                ),
              },
            ]
          : []),
      ]}
    />
  );
  return (
    <div className="stack">
      <div className="toolbar">
        <FilterSelect
          label={t('obligations.status')}
          value={narrowed.status}
          options={found.map((status) => ({ value: status, label: t(`obligationStatus.${status}`) }))}
          onChange={(status) => narrow('status', status)}
        />
        <FilterSelect
          label={t('obligations.responsible')}
          value={narrowed.who}
          options={owners.map((seat) => ({ value: seat, label: role(seat) }))}
          onChange={(who) => narrow('who', who)}
        />
        <FilterSelect
          label={t('obligations.obligation')}
          value={narrowed.obligation}
          options={agreement.duties.map(({ id, title }) => ({ value: id, label: format.text(title) }))}
          onChange={(obligation) => narrow('obligation', obligation)}
        />
      </div>
      {list}
    </div>
  );
}

function ObligationActs({
  agreement,
  duty,
  obligation,
  submit,
  review,
}: {
  agreement: Agreement;
  duty: Duty;
  obligation: Obligation | null;
  submit: (obligation: Obligation) => void;
  review: (obligation: Obligation) => void;
}): ReactNode {
  const { t } = useTranslation();
  const acting = useActing(agreement);
  const life = useLife(agreement).data;
  if (!obligation || !OPEN.includes(obligation.status)) return null;
  // What waits for its clock to begin cannot be handed in yet, unless it is a one-off that nobody forbids to do early.
  if (!obligation.dueAt && duty.recurs) return null;
  const canReview =
    obligation.status === 'in-review' &&
    (obligation.review?.waitingFor ?? []).some((seat) => ownSeat(agreement, seat, obligation.id) !== undefined);
  const isMine = acting(obligation.responsible, obligation.id) !== undefined;
  // A sum is paid in the ledger's tab, in parts if need be; agreements of an earlier release settle it as a whole.
  const isPaid = (life?.payments ?? []).some(({ reference }) => reference.split('#')[0] === duty.id);
  if (isPaid) {
    return isMine ? (
      <Link to={sectionPath('payments')}>
        <Button size="small" type="primary" ghost tabIndex={-1}>
          {t('obligations.pay')}
        </Button>
      </Link>
    ) : null;
  }

  return (
    <div className="actions">
      {canReview ? (
        <Button size="small" type="primary" onClick={() => review(obligation)}>
          {t('review.open')}
        </Button>
      ) : null}
      {isMine ? (
        <Button
          size="small"
          type={canReview ? 'default' : 'primary'}
          ghost={!canReview}
          onClick={() => submit(obligation)}
        >
          {obligation.status === 'in-review' ? t('submit.replace') : t('submit.open')}
        </Button>
      ) : null}
    </div>
  );
}
