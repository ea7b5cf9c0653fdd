/** Key of the coordinator's task whether an agreement's dates follow a newer calendar: one an agreement. */
export function redatingTaskKey(agreementId: string): string {
  return `redating-proposed/${agreementId}`;
}
