import { useTranslation } from 'react-i18next';
import { useRoleName } from '../../app/names.ts';
import type { Agreement } from '../../wire.ts';

/** A seat with the name behind it: of a side the organisation's, of another seat the person's. */
export function useWho(agreement: Agreement): (seat: string) => string {
  const { t } = useTranslation();
  const role = useRoleName();
  return (seat) => {
    const title = role(seat);
    const name = agreement.parties[seat]?.name ?? agreement.seats.find((one) => one.seat === seat)?.name ?? '';
    return name === '' || name === title ? title : t('agreementPage.named', { title, name });
  };
}
