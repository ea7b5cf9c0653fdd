/** Templates under which somebody surveys the customers of another party, who is named to them: by template, its role. */
export const COMMISSIONED: Readonly<Record<string, string>> = {
  /** S003-K-01: Party A commissions the measuring agency, which is Party B. */
  'evaluation-commission': 'A',
};
