import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './stage';

jest.setTimeout(240_000);

const FOLDER = join(ROOT, '.cache', 'e2e', 'start');
const started = new Set<ChildProcess>();

beforeAll(() => rmSync(FOLDER, { recursive: true, force: true }));

afterEach(() => {
	for (const child of started) child.kill('SIGKILL');
});

test('npm start -- --once runs the pipeline, prints the answers and ends with 0', async () => {
	const { output, code } = await start(['--once']).ended;
	expect(output).toMatch(/Fine-tune on help-desk tickets".*Send Notice of Success/s);
	expect(output).toMatch(/Generate training data \(Zendesk\)".*Write Report: \d+ examples/s);
	expect(output).toMatch(/Mail {2}Your model is ready: ft:/);
	expect(output).toMatch(/Fine-Tune OpenAI Model".*Get Job: succeeded.*Ask the New Model/s);
	expect(output.match(/^ {2}A {2}\S/gm)).toHaveLength(3);
	expect(output).toContain('Meeting room availability was rated lowest, at 2.4 out of 5.');
	expect(output).toMatch(/Slack {2}What was the main complaint.*Late laptops/s);
	expect(code).toBe(0);
});

test('a second start finds the model, shows the addresses, and Ctrl-C stops everything', async () => {
	const { child, shows, ended } = start([]);
	const output = await shows('Ctrl-C stops everything.');
	expect(output).toContain('The ticket workflows ran at an earlier start');
	expect(output).toContain('A tuned model is here from an earlier start');
	expect(output).toMatch(/mailbox\s+http:/);
	const url = /n8n editor\s+(http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1] ?? '';
	expect((await fetch(`${url}/healthz`)).ok).toBe(true);
	child.kill('SIGINT');
	expect((await ended).code).toBe(0);
	await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test('a step that fails is named, and the exit code is not 0', async () => {
	writeFileSync(join(FOLDER, '.n8n', 'config'), 'This is no JSON.');
	const { output, code } = await start(['--once']).ended;
	expect(output).toMatch(/npm start stopped at the step "Start n8n":.*n8n\/config/s);
	expect(code).toBe(1);
});

test('an option that does not exist is refused with the list of those that do', async () => {
	const { output, code } = await start(['--onec']).ended;
	expect(output).toMatch(/--onec.*--once/s);
	expect(code).toBe(2);
});

test('the real service is not used without a key, nor without a yes', async () => {
	const without = await start(['--real', '--once'], { OPENAI_API_KEY: '' }).ended;
	expect(without.output).toContain('Set OPENAI_API_KEY');
	expect(without.code).toBe(1);
	const unasked = await start(['--real', '--once'], { OPENAI_API_KEY: 'sk-test' }).ended;
	expect(unasked.output).toContain('Add --yes');
	expect(unasked.code).toBe(1);
});

function start(args: string[], env: NodeJS.ProcessEnv = {}) {
	const script = join(ROOT, 'scripts', 'start.mjs');
	const child = spawn(process.execPath, [script, '--folder', FOLDER, '--port', '0', ...args], {
		cwd: ROOT,
		env: { ...process.env, NODE_ENV: undefined, OPENAI_API_KEY: '', ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	started.add(child);
	let output = '';
	const collect = (chunk: string) => {
		output += chunk;
	};
	child.stdout.setEncoding('utf8').on('data', collect);
	child.stderr.setEncoding('utf8').on('data', collect);
	const ended = new Promise<{ output: string; code: number | null }>((resolve) => {
		child.once('close', (code) => {
			started.delete(child);
			resolve({ output, code });
		});
	});
	const shows = async (text: string) => {
		for (let tries = 0; tries < 600; tries++) {
			if (output.includes(text)) return output;
			if (child.exitCode !== null) break;
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
		throw new Error(`"${text}" was not shown. What was:\n${output}`);
	};
	return { child, ended, shows };
}
