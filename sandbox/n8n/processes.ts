import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const OUTPUT_CHARACTERS = 200_000;
const GRACE_MS = 15_000;

/** In the order they were started. */
const alive = new Set<ManagedProcess>();

/** A long-running child process: its output is kept, and it is stopped with all that it started. */
export interface ManagedProcess {
	readonly name: string;
	readonly pid: number;
	/** The last 200,000 characters of standard output and standard error. */
	output(): string;
	/** How it ended, or undefined while it runs. */
	ending(): string | undefined;
	/** Asks it to stop, waits 15 s, then ends it and its children; resolves when it is gone. */
	stop(): Promise<void>;
	/** Ends it at once, as a crash or a power cut would. */
	kill(): Promise<void>;
}

/** Starts `script` under the Node at `node`, with `env` only; it stops by itself when the present process dies. */
export function startNodeProcess(
	name: string,
	node: string,
	script: string,
	args: string[],
	options: { cwd: string; env: NodeJS.ProcessEnv; watchdog: string },
): ManagedProcess {
	const child = spawn(node, ['--require', options.watchdog, script, ...args], {
		cwd: options.cwd,
		env: { ...options.env, SANDBOX_PARENT_PID: String(process.pid) },
		stdio: ['ignore', 'pipe', 'pipe'],
		// An own group: Ctrl-C reaches us alone, and we stop everything in order. Windows has no such groups.
		detached: process.platform !== 'win32',
		windowsHide: true,
	});
	let output = '';
	let ending: string | undefined;
	const collect = (chunk: string) => {
		output = (output + chunk).slice(-OUTPUT_CHARACTERS);
	};
	child.stdout.setEncoding('utf8').on('data', collect);
	child.stderr.setEncoding('utf8').on('data', collect);
	const ended = new Promise<void>((resolve) => {
		const end = (how: string) => {
			ending = how;
			alive.delete(managed);
			resolve();
		};
		child.once('error', (error) => end(error.message));
		child.once('exit', (code, signal) => end(signal ? `ended by ${signal}` : `exit code ${code}`));
	});
	const managed: ManagedProcess = {
		name,
		pid: child.pid ?? 0,
		output: () => output,
		ending: () => ending,
		stop: () => stop(child, ended),
		kill: async () => {
			endTree(child);
			await ended;
		},
	};
	alive.add(managed);
	return managed;
}

/** Everything that was started here and still runs. */
export const runningProcesses = (): ManagedProcess[] => [...alive];

/** Stops what was started here, last started first; `atOnce` does not let it finish what it is doing. */
export async function stopProcesses({ atOnce = false } = {}): Promise<void> {
	for (const one of runningProcesses().reverse()) await (atOnce ? one.kill() : one.stop());
}

/**
 * Asks `probe` again and again until it gives a value.
 * @throws when `timeoutMs` have passed, or as soon as the process that should answer has ended
 */
export async function waitUntil<T>(
	what: string,
	probe: () => Promise<T | undefined>,
	{
		timeoutMs,
		everyMs = 200,
		from,
	}: { timeoutMs: number; everyMs?: number; from?: ManagedProcess },
): Promise<T> {
	const deadline = performance.now() + timeoutMs;
	let last: unknown;
	for (;;) {
		try {
			const value = await probe();
			if (value !== undefined) return value;
		} catch (error) {
			last = error;
		}
		if (from?.ending() !== undefined)
			throw new Error(
				`${from.name} stopped (${from.ending()}) before ${what}.\n${tail(from.output())}`,
			);
		if (performance.now() > deadline)
			throw new Error(
				`${what} did not come about within ${Math.round(timeoutMs / 1000)} s.${last instanceof Error ? ` Last answer: ${last.message}` : ''}${from ? `\n${tail(from.output())}` : ''}`,
			);
		await pause(everyMs);
	}
}

export const watchdogFile = (root: string) => join(root, 'sandbox', 'n8n', 'exit-with-parent.js');

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	if (process.platform === 'win32') endTree(child);
	else child.kill('SIGTERM');
	const grace = new AbortController();
	await Promise.race([
		ended,
		pause(GRACE_MS, undefined, { signal: grace.signal }).catch(() => undefined),
	]);
	grace.abort();
	endTree(child);
	await ended;
}

function endTree(child: ChildProcess): void {
	if (child.pid === undefined) return;
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { windowsHide: true });
		return;
	}
	try {
		process.kill(-child.pid, 'SIGKILL');
	} catch {
		// The whole group is gone already.
	}
}

function tail(output: string): string {
	return output.trimEnd().split('\n').slice(-30).join('\n');
}
