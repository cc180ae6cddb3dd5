// Packs the built package and installs the tarball in an n8n user folder, where n8n looks for community packages.
import { createHash } from 'node:crypto';
import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheDir, root } from './paths.mjs';
import { npm } from './run.mjs';

/** One hash over the content of files and folders; it changes when any file in them does. */
export function fingerprint(...paths) {
	const hash = createHash('sha256');
	for (const path of paths) {
		for (const file of filesIn(join(root, path))) {
			hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
		}
	}
	return hash.digest('hex');
}

/** Resolves with whether it was installed anew; the same build is not installed twice. */
export async function installPackage(userFolder, note) {
	const { nodesDir, stamp } = placesIn(userFolder);
	const build = fingerprint('dist', 'package.json');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === build) return false;
	const packDir = join(cacheDir, 'pack', String(process.pid));
	mkdirSync(packDir, { recursive: true });
	mkdirSync(nodesDir, { recursive: true });
	// Without a manifest of its own npm would take the next one above: this repository's.
	if (!existsSync(join(nodesDir, 'package.json')))
		writeFileSync(
			join(nodesDir, 'package.json'),
			'{ "name": "installed-nodes", "private": true, "dependencies": {} }\n',
		);
	await npm(['pack', '--ignore-scripts', '--silent', '--pack-destination', packDir], { note });
	const tarball = join(packDir, readdirSync(packDir)[0]);
	await npm(
		[
			'install',
			'--prefix',
			nodesDir,
			'--legacy-peer-deps',
			'--ignore-scripts',
			'--no-audit',
			'--no-fund',
			tarball,
		],
		{ cwd: nodesDir, note },
	);
	rmSync(packDir, { recursive: true });
	linkAiSdk(nodesDir);
	writeFileSync(stamp, build);
	return true;
}

/** Outside this repository the package finds n8n's own SDK; here the one above, a devDependency, would come first. */
function linkAiSdk(nodesDir) {
	const link = join(nodesDir, 'node_modules', '@n8n', 'ai-node-sdk');
	if (existsSync(link)) return;
	mkdirSync(join(link, '..'), { recursive: true });
	symlinkSync(
		join(root, 'sandbox', 'node_modules', '@n8n', 'ai-node-sdk'),
		link,
		process.platform === 'win32' ? 'junction' : 'dir',
	);
}

/** Lays the present build over an installed package, for an n8n that watches it. */
export function refreshInstalledPackage(userFolder) {
	const { nodesDir, stamp } = placesIn(userFolder);
	const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	cpSync(join(root, 'dist'), join(nodesDir, 'node_modules', name, 'dist'), { recursive: true });
	writeFileSync(stamp, fingerprint('dist', 'package.json'));
}

function placesIn(userFolder) {
	const nodesDir = join(userFolder, '.n8n', 'nodes');
	return { nodesDir, stamp: join(nodesDir, 'installed-build') };
}

function filesIn(path) {
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [path];
	const entries = readdirSync(path, { withFileTypes: true, recursive: true }).filter((entry) =>
		entry.isFile(),
	);
	return entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
	await installPackage(process.argv[2]);
