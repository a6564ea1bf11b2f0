import { mailRow } from './mail-row.ts';
import { printed } from './measure.ts';

console.log(printed([await mailRow(2_000, 5)]));
