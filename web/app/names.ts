import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '../wire.ts';
import { useFormat } from './format.ts';

/** What the template at hand calls its parties and seats. */
export const SeatTitles = createContext<Record<string, Text>>({});

const KNOWN_ROLES = new Set(['A', 'B', 'third', 'coordinator', 'clock', 'copy', 'postmaster']);

/** 甲方, 客服部, Party A … ; a role that nobody has a word for keeps its key. */
export function useRoleName(): (role: string | null | undefined) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const titles = useContext(SeatTitles);
  return (role) => {
    if (!role) return '';
    const title = titles[role];
    if (title) return format.text(title);
    return KNOWN_ROLES.has(role) ? t(`role.${role}`) : role;
  };
}

/** Several roles as people list them. */
export function useRoleNames(): (roles: string[]) => string {
  const { t } = useTranslation();
  const name = useRoleName();
  return (roles) => roles.map(name).join(t('common.listSeparator'));
}
