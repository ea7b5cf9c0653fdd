/** Whether it may be asked about its satisfaction; promotion is another matter. */
export function askability({
  surveyConsent,
  optedOutAt,
}: {
  surveyConsent: boolean;
  optedOutAt: string | null;
}): 'askable' | 'opted-out' | 'refuses' {
  if (optedOutAt !== null) return 'opted-out';
  return surveyConsent ? 'askable' : 'refuses';
}
