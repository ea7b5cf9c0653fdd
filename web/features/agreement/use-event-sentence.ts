import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { amountText, moneyText } from '../../app/moment.ts';
import { useRoleName, useRoleNames } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import type { Agreement, AgreementEvent } from '../../wire.ts';
import { useRuleTitle } from '../life/life.ts';
import { eventSentence } from './event-sentence.ts';

/** An agreement's events as sentences, in the reader's language and the template's words. */
export function useEventSentence(agreement: Agreement): (event: AgreementEvent) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const roles = useRoleNames();
  const titled = useTitled();
  const rule = useRuleTitle(agreement);
  return (event) =>
    eventSentence(event, {
      t: (key, values) => t(key, values ?? {}),
      role,
      roles,
      obligation: (id, occurrence) => {
        const duty = agreement.duties.find((one) => one.id === id);
        return titled(duty?.title ?? { zh: id, en: id }, occurrence);
      },
      date: format.date,
      money: (amount, currency) => (currency === undefined ? amountText(amount) : moneyText(amount, currency)),
      rule,
      list: (names) => names.join(t('common.listSeparator')),
    });
}
