// sqlite3 is the one package of n8n that must fit the machine: a prebuilt file where it can be fetched,
// else compiled here. https://github.com/TryGhost/node-sqlite3
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { root } from './paths.mjs';
import { npm, run } from './run.mjs';

const sandboxDir = join(root, 'sandbox');
const PROBE = "new (require('sqlite3').Database)(':memory:').close()";
const COMPILER = {
	linux:
		'Install Python 3, make and a C++ compiler (Debian, Ubuntu: apt-get install python3 make g++; Fedora: dnf install python3 make gcc-c++; Alpine: apk add python3 make g++)',
	darwin: 'Install the command line tools of Xcode (xcode-select --install)',
	win32:
		'Install Python 3 and the "Desktop development with C++" part of the Visual Studio Build Tools',
};

export async function sqliteWorks(node) {
	return await run(node, ['-e', PROBE], { cwd: sandboxDir, timeoutMs: 30_000 }).then(
		() => true,
		() => false,
	);
}

/** Rejects with what to install when neither way works. */
export async function makeSqlite(node, note) {
	const first = await rebuild(note);
	if (!first && (await sqliteWorks(node))) return;
	if (await aptInstall(['python3', 'make', 'g++'], note)) {
		await rebuild(note);
		if (await sqliteWorks(node)) return;
	}
	const advice = COMPILER[process.platform] ?? COMPILER.linux;
	throw new Error(
		`sqlite3 could neither be fetched ready-made (that needs github.com) nor compiled.\n${advice}, then start again.\n${first?.message ?? 'It was built but does not load.'}`,
	);
}

/** Resolves with the error instead of rejecting: whether the module loads afterwards is what counts. */
async function rebuild(note) {
	const headers = findHeaders();
	return await npm(['rebuild', 'sqlite3', ...(headers ? [`--nodedir=${headers}`] : [])], {
		cwd: sandboxDir,
		env: headers ? { npm_config_nodedir: headers } : {},
		note,
	}).then(
		() => undefined,
		(error) => error,
	);
}

/**
 * node-gyp would fetch headers from nodejs.org. The pinned Node's own package brings them; the system's do too,
 * since sqlite3 is built on Node-API, which is the same in every version.
 */
function findHeaders() {
	// Windows also needs node.lib, which none of these has: node-gyp fetches it.
	if (process.platform === 'win32') return undefined;
	const packages = join(sandboxDir, 'node_modules', 'node', 'node_modules');
	const bundled = existsSync(packages)
		? readdirSync(packages).map((name) => join(packages, name))
		: [];
	return [...bundled, dirname(dirname(process.execPath)), '/usr', '/usr/local'].find((prefix) =>
		existsSync(join(prefix, 'include', 'node', 'node_api.h')),
	);
}
