// Starts short-lived commands (npm, node, apt-get) the same way on Linux, macOS and Windows.
import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { root } from './paths.mjs';

const TAIL_CHARACTERS = 6_000;

/**
 * Runs a command to its end and resolves with what it printed.
 * Rejects with its last lines when it ends with another exit code than 0 or takes longer than `timeoutMs`.
 * `note` is told each last line, for a progress display.
 */
export function run(
	command,
	args,
	{ cwd = root, env = {}, timeoutMs = 15 * 60_000, shell = false, note } = {},
) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			env: { ...process.env, ...env },
			shell,
			windowsHide: true,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let tail = '';
		const collect = (chunk) => {
			tail = (tail + chunk).slice(-TAIL_CHARACTERS);
			const last = tail.trimEnd().split('\n').at(-1);
			if (last && !last.startsWith('npm warn')) note?.(last);
		};
		child.stdout.setEncoding('utf8').on('data', collect);
		child.stderr.setEncoding('utf8').on('data', collect);
		const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
		const shown = `${basename(command)} ${args.join(' ')}`;
		child.on('error', (error) => {
			clearTimeout(timer);
			reject(new Error(`${shown}: ${error.message}`));
		});
		child.on('close', (code, signal) => {
			clearTimeout(timer);
			if (code === 0) return resolve(tail);
			const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
			reject(new Error(`${shown}\n${how}. Its last lines:\n${lastLines(tail, 25)}`));
		});
	});
}

/** npm, without a shell where possible: its own script under this Node, else npm from the PATH. */
export function npm(args, options) {
	const script = process.env.npm_execpath;
	if (script && basename(script) === 'npm-cli.js')
		return run(process.execPath, [script, ...args], options);
	if (process.platform !== 'win32') return run('npm', args, options);
	// npm is a .cmd file on Windows, which only the shell starts.
	const line = ['npm', ...args.map((argument) => `"${argument}"`)].join(' ');
	return run(line, [], { ...options, shell: true });
}

function lastLines(text, count) {
	return text
		.trimEnd()
		.split('\n')
		.slice(-count)
		.map((line) => `  ${line}`)
		.join('\n');
}
