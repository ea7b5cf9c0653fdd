import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { DestinationGroup } from './navigation.ts';

/** The pages that the reader may open, in groups; the one that is open is marked. */
export function NavigationList({ groups, label }: { groups: readonly DestinationGroup[]; label: string }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  return (
    <nav className="navigation" aria-label={label}>
      {groups.map((group) => (
        <div key={group.id}>
          <div className="navigation-heading" id={`${id}${group.id}`}>
            {t(`navigation.${group.id}`)}
          </div>
          <ul aria-labelledby={`${id}${group.id}`}>
            {group.pages.map(({ to, label: page }) => (
              <li key={to}>
                <NavLink to={to} end={to === '/'}>
                  {t(page)}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
