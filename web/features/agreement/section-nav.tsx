import { Badge, Grid } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Agreement } from '../../wire.ts';
import { ITEM_LABEL, type SectionGroup, type SectionItem, openOf, sectionPath } from './sections.ts';

interface Sections {
  group: SectionGroup;
  items: SectionItem[];
}

/** Leads to the parts of an agreement: groups, and the items of the one that is open; on a phone one list. */
export function SectionNav({
  agreement,
  sections,
  current,
}: {
  agreement: Agreement;
  sections: readonly Sections[];
  current: SectionItem;
}): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isWide = Grid.useBreakpoint().md === true;
  const here = sections.find(({ items }) => items.includes(current));
  if (!isWide) {
    return (
      <div className="section-select">
        <label htmlFor="agreement-section">{t('agreementPage.part')}</label>
        <select
          id="agreement-section"
          value={current}
          onChange={(event) => void navigate(sectionPath(event.target.value as SectionItem))}
        >
          {sections.map(({ group, items }) =>
            items.length === 1 ? (
              items.map((item) => (
                <option key={item} value={item}>
                  {t(`agreementGroup.${group}`)}
                </option>
              ))
            ) : (
              <optgroup key={group} label={t(`agreementGroup.${group}`)}>
                {items.map((item) => (
                  <option key={item} value={item}>
                    {t(ITEM_LABEL[item])}
                  </option>
                ))}
              </optgroup>
            ),
          )}
        </select>
      </div>
    );
  }
  return (
    <nav className="sections" aria-label={t('agreementPage.parts')}>
      <ul className="section-groups">
        {sections.map(({ group, items }) => {
          const [first = 'overview'] = items;
          return (
            <li key={group}>
              <Link to={sectionPath(first)} replace {...(group === here?.group ? { 'aria-current': 'true' } : {})}>
                {t(`agreementGroup.${group}`)}
              </Link>
            </li>
          );
        })}
      </ul>
      {here && here.items.length > 1 ? (
        <ul className="section-items">
          {here.items.map((item) => (
            <li key={item}>
              <Link to={sectionPath(item)} replace {...(item === current ? { 'aria-current': 'page' } : {})}>
                {t(ITEM_LABEL[item])}
                <OpenCount count={openOf(item, agreement)} />
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </nav>
  );
}

/** How much is open behind an item; nothing where nothing is. */
function OpenCount({ count }: { count: number }): ReactNode {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <Badge
      count={count}
      overflowCount={999}
      color="#5d6b6d"
      style={{ marginInlineStart: 6 }}
      title={t('agreementPage.open', { count })}
    />
  );
}
