export { agreement } from './agreement.ts';
export { customerCase as case } from './case.ts';
export { engagement } from './engagement.ts';
export { evaluation } from './evaluation.ts';
export { improvement } from './improvement.ts';
export { risk } from './risk.ts';
export { survey } from './survey.ts';
export { training } from './training.ts';
export { visit } from './visit.ts';
