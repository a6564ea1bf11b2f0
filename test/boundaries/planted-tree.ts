import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository whose rules are tested. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Paths from the root of the tree, with `/`, to the whole text of each file. */
export type Sources = Readonly<Record<string, string>>;

/**
 * A throw-away source tree that stands under the repository's own rules, so that a violation can be planted in it.
 * Rules speak of paths (`src/domain/`), therefore the tree has the shape of the repository.
 */
export interface PlantedTree {
  /** Absolute path of the tree's root. */
  readonly root: string;
  write(sources: Sources): Promise<void>;
  remove(paths: readonly string[]): Promise<void>;
  fell(): Promise<void>;
}

/** Grows a tree with copies of the named configuration files; packages are the repository's own, through a link. */
export async function growTree(configuration: readonly string[]): Promise<PlantedTree> {
  const root = await mkdtemp(join(tmpdir(), 'house-rules-'));
  const write = async (sources: Sources): Promise<void> => {
    for (const [path, text] of Object.entries(sources)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
  };
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'), 'dir');
  for (const path of ['package.json', 'tsconfig.json', ...configuration])
    await cp(join(repository, path), join(root, path));
  return {
    root,
    write,
    remove: async (paths) => {
      for (const path of paths) await rm(join(root, path));
    },
    fell: () => rm(root, { recursive: true, force: true }),
  };
}
