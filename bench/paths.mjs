import { join } from 'node:path';
import { cacheDir } from '../scripts/paths.mjs';

export const benchDir = join(cacheDir, 'bench');
/** Our library as it ships, compiled. */
export const libDir = join(benchDir, 'dist', 'lib');
