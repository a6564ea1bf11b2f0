import type { z } from 'zod';
import { badRequest } from './failure.ts';
import { jsonBody, type Call } from './router.ts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Annotations such as @odata.type may come with any object; they say nothing the stand-in needs. */
const withoutAnnotations = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutAnnotations);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.startsWith('@odata'))
      .map(([name, inner]) => [name, withoutAnnotations(inner)]),
  );
};

/** The body in the shape `schema` asks for. Errors: 400 that names the first property that does not fit. */
export const readJson = <T>(call: Call, schema: z.ZodType<T>): T => {
  const read = schema.safeParse(withoutAnnotations(jsonBody(call)));
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw badRequest(`${first?.path.join('.') || 'The request'}: ${first?.message ?? 'is not valid'}`);
};
