import { ConfigError } from '../../src/application/errors.ts';

/** What a reader of settings complains about; nothing when it is content. Errors other than ConfigError pass. */
export const faultsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
    return [];
  } catch (fault) {
    if (fault instanceof ConfigError) return fault.faults;
    throw fault;
  }
};
