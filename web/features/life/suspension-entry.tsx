import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { Agreement } from '../../wire.ts';
import { AccountLine } from './account.tsx';
import type { Life, Subject } from './life.ts';
import { daysBetween, stillSuspended } from './suspended.ts';

type Suspension = Life['suspensions'][number];

/** One suspension: what stood still from when to when, what ran again when, and which dates that moved. */
export function SuspensionEntry({
  agreement,
  suspension,
}: {
  agreement: Agreement;
  suspension: Suspension;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { ground, from, until, by, obligations, resumptions } = suspension;
  const named = (subjects: Subject[]): string =>
    subjects.map(({ title }) => format.text(title)).join(t('common.listSeparator'));
  const scope = obligations.length === 0 ? t('life.allDuties') : named(obligations);
  const still = stillSuspended(suspension);
  return (
    <article className="entry">
      <div>
        <Tag color={until === null ? 'orange' : 'default'}>{t(`suspensionGround.${ground}`)}</Tag>
        {until === null
          ? t('life.suspendedSince', { from: format.date(from), scope })
          : until === from
            ? t('life.suspendedForHours', { on: format.date(from), scope })
            : t('life.suspendedUntil', { from: format.date(from), until: format.date(until), scope })}{' '}
        {until === null || until === from ? null : (
          <span className="muted small">{t('life.lasted', { count: daysBetween(from, until) })}</span>
        )}
      </div>
      <div className="muted small">{t('life.suspendedBy', { who: format.text(by.title) })}</div>
      <AccountLine agreement={agreement} account={suspension} />
      {resumptions.map((one, index) => (
        <div key={`${one.on} ${one.at ?? ''}`} className="step">
          <strong>
            {t('life.resumedOn', {
              on: format.date(one.on),
              scope:
                one.obligations.length > 0 ? named(one.obligations) : t(index > 0 ? 'life.restAgain' : 'life.allAgain'),
            })}
          </strong>
          <Moved redated={one.redated} />
          <AccountLine agreement={agreement} account={one} />
        </div>
      ))}
      {resumptions.length > 0 && still.length > 0 ? (
        <div>{t('life.stillSuspended', { scope: named(still) })}</div>
      ) : null}
    </article>
  );
}

/** The dates that a resumption moved, each by how many days that did not count. */
function Moved({ redated }: Pick<Suspension['resumptions'][number], 'redated'>): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const moved = redated.filter(({ before, after }) => before !== after);
  if (moved.length === 0) return <div className="muted small">{t('life.noneMoved')}</div>;
  return (
    <ul className="plain-list">
      {moved.map(({ reference, title, review, before, after, lostDays }) => (
        <li key={`${reference} ${String(review)}`}>
          {t(review ? 'life.movedReview' : 'life.moved', {
            what: format.text(title),
            before: format.date(before),
            after: format.date(after),
            count: lostDays,
          })}
        </li>
      ))}
    </ul>
  );
}
