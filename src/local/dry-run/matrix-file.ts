import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../../application/errors.ts';
import { faultsOfAlerts } from '../../desk-alert-faults.ts';
import { RuleEntry, ruleFrom } from '../../desk-alerts.ts';
import type { Matrix } from '../../domain/alert-rules.ts';

/** Rules to be tried, written as `alerts` in the desk's configuration. */
const MatrixFile = z.strictObject({
  $schema: z.string().optional(),
  rules: z.array(RuleEntry).max(500).default([]),
  defaults: z.boolean().default(true),
});

/** `desk`: the desk's configuration as JSON, whose teams and calendars rules may name. Errors: ConfigError with every fault. */
export const readMatrix = (file: string, desk: object): Matrix => {
  const json = jsonOf(file);
  const parsed = MatrixFile.safeParse(json);
  const single = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`);
  const faults = [...new Set([...single, ...faultsOfAlerts({ ...desk, alerts: json })])];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults.map((fault) => `${file}: ${fault}`));
  const { rules, defaults } = parsed.data;
  return { rules: rules.map(ruleFrom), defaults };
};

/** Errors: ConfigError where there is no such file, or no JSON in it. */
export const jsonOf = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new ConfigError([
      `${file}: ${cause instanceof SyntaxError ? `is no JSON: ${cause.message}` : 'cannot be read'}`,
    ]);
  }
};
