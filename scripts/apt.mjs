// On a Debian or Ubuntu machine where we are root (a container, a CI runner) missing system packages can simply be installed.
import { existsSync } from 'node:fs';
import { run } from './run.mjs';

/** Resolves with whether the packages were installed; false where this machine is not such a one. */
export async function aptInstall(packages, note) {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
	const options = { note, env: { DEBIAN_FRONTEND: 'noninteractive' } };
	try {
		await run('apt-get', ['update'], options);
		await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
		return true;
	} catch {
		return false;
	}
}
