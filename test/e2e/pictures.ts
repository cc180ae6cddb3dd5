import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './stage';

/** Where a picture of the documentation goes; `UPDATE_IMAGES=1` renews those that are committed. */
export function picture(name: string): string {
	const folder = process.env.UPDATE_IMAGES
		? join(ROOT, 'docs', 'images')
		: join(ROOT, '.cache', 'e2e', 'images');
	mkdirSync(folder, { recursive: true });
	return join(folder, name);
}
