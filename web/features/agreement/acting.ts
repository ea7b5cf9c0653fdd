import { useMay } from '../../app/me.ts';
import type { Agreement } from '../../wire.ts';

/** As whom an act is entered. */
export interface Acting {
  as: string;
  onBehalfOf?: string;
}

/**
 * As whom the reader may act for a seat: in it, where they fill it, its party's seat, or stand in; else as the coordinator
 * who enters it, with evidence. Undefined where it is not theirs to do.
 */
export function useActing(agreement: Agreement): (seat: string, obligation?: string) => Acting | undefined {
  const mayEnter = useMay('agreements.manage');
  return (seat, obligation) => {
    const own = ownSeat(agreement, seat, obligation);
    if (own !== undefined) return { as: own };
    return mayEnter ? { as: 'coordinator', onBehalfOf: seat } : undefined;
  };
}

/** The reader's seat that answers for another: itself, or its party's. */
export function ownSeat({ mine, seatParties }: Agreement, seat: string, obligation?: string): string | undefined {
  const reaches = ({ obligations }: Agreement['mine'][number]): boolean =>
    obligations.length === 0 || (obligation !== undefined && obligations.includes(obligation));
  const candidates = mine.filter(reaches).map((own) => own.seat);
  return [seat, seatParties[seat] ?? seat].find((one) => candidates.includes(one));
}
