import { useTranslation } from 'react-i18next';

const KNOWN_ROLES = new Set(['A', 'B', 'third', 'coordinator', 'clock', 'copy']);

/** 甲方, Party A … ; a role that we have no word for keeps its key. */
export function useRoleName(): (role: string | null | undefined) => string {
  const { t } = useTranslation();
  return (role) => {
    if (!role) return '';
    return KNOWN_ROLES.has(role) ? t(`role.${role}`) : role;
  };
}

/** Several roles as people list them. */
export function useRoleNames(): (roles: string[]) => string {
  const { t } = useTranslation();
  const name = useRoleName();
  return (roles) => roles.map(name).join(t('common.listSeparator'));
}
