// Builds the package into dist/: the packed token vocabulary, the compiled TypeScript, then what gulp copies beside it.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

export function build() {
	rmSync(join(root, 'dist'), { recursive: true, force: true });
	runScript('scripts/build-vocabulary.mjs');
	runScript('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json');
	runScript('node_modules/gulp/bin/gulp.js', '--silent');
}

/** The sandbox server is compiled beside the package, never into it. */
export function buildSandbox() {
	runScript('scripts/build-vocabulary.mjs');
	runScript('node_modules/typescript/bin/tsc', '-p', 'sandbox/tsconfig.json');
}

function runScript(script, ...args) {
	const { status } = spawnSync(process.execPath, [script, ...args], {
		cwd: root,
		stdio: 'inherit',
	});
	if (status !== 0) throw new Error(`${script} ended with exit code ${status}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	build();
	if (process.argv.includes('--sandbox')) buildSandbox();
}
