// A Chromium for the browser tests: the user's own, the system's, or one obtained for this project.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { cacheDir, root } from './paths.mjs';
import { run } from './run.mjs';

const browsersDir = join(cacheDir, 'browsers');

/** Path of a browser that playwright-core can drive, or undefined. CHROMIUM_PATH comes first. */
export function findChromium() {
	const named = process.env.CHROMIUM_PATH;
	if (named) {
		if (existsSync(named)) return named;
		throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
	}
	return systemBrowsers().find((path) => existsSync(path));
}

/** apt-get on Debian as root, else the installer of playwright-core. */
export async function installChromium(note) {
	if ((await aptInstall(['chromium'], note)) && findChromium()) return findChromium();
	const env = { PLAYWRIGHT_BROWSERS_PATH: browsersDir };
	const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
	try {
		await run(process.execPath, [cli, 'install', 'chromium'], { env, note });
		const path = await run(
			process.execPath,
			['-p', "require('playwright-core').chromium.executablePath()"],
			{ env },
		);
		if (existsSync(path.trim())) return path.trim();
	} catch (error) {
		throw new Error(
			`No Chromium was found and none could be fetched. Install Chromium or Google Chrome, or set CHROMIUM_PATH to one, then start again.\n${error.message}`,
			{ cause: error },
		);
	}
	throw new Error('The browser was fetched but is not where playwright-core looks for it.');
}

function systemBrowsers() {
	const { LOCALAPPDATA, PROGRAMFILES } = process.env;
	const byPlatform = {
		darwin: [
			'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
			'/Applications/Chromium.app/Contents/MacOS/Chromium',
			'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
		],
		win32: [PROGRAMFILES, process.env['PROGRAMFILES(X86)'], LOCALAPPDATA]
			.filter(Boolean)
			.flatMap((base) => [
				join(base, 'Google', 'Chrome', 'Application', 'chrome.exe'),
				join(base, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
			]),
		linux: [
			'/usr/bin/chromium',
			'/usr/bin/chromium-browser',
			'/usr/bin/google-chrome',
			'/usr/bin/google-chrome-stable',
			'/snap/bin/chromium',
		],
	};
	return byPlatform[process.platform] ?? byPlatform.linux;
}
