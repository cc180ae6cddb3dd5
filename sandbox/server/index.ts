import { Blobs } from './blobs';
import { Clock } from './clock';
import { Faults, type Fault } from './faults';
import { Heartbeat } from './heartbeat';
import { buildHttp } from './http';
import { JobRunner } from './jobRunner';
import { RequestLog } from './requestLog';
import type { Sandbox } from './sandbox';
import { STANDARD_SETTINGS, changeSettings, type Settings } from './settings';
import { Store } from './store';
import { Tutor } from './tutor';
import { Webhooks } from './webhooks';

export interface ServerOptions extends Partial<Settings> {
	/** 0 (standard) picks a free one. */
	port?: number;
	/** Loopback only: 127.0.0.1 (standard), localhost or ::1. */
	host?: string;
	/** SQLite file that outlives the process; `:memory:` (standard) does not. */
	state?: string;
	/** The one API key that is taken; any that begins with `sk-sandbox` when absent. */
	apiKey?: string;
	/** The admin key; any that begins with `sk-admin-sandbox` when absent. */
	adminKey?: string;
	/** Source of time in ms. With one of its own the sandbox moves only on requests and on `advance`. */
	now?: () => number;
}

export interface SandboxServer {
	/** `http://127.0.0.1:<port>`; the API is under `/v1`. */
	url: string;
	close(): Promise<void>;
	/** Skips sandbox time and does everything that was due meanwhile, deliveries included. */
	advance(ms: number): Promise<void>;
	/** Makes the next matching requests go wrong. */
	addFault(fault: Fault): void;
	changeSettings(changes: Partial<Settings>): void;
}

export type { Fault, Settings };

/** Starts the OpenAI-compatible stand-in on this machine. */
export async function startServer(options: ServerOptions = {}): Promise<SandboxServer> {
	const {
		port = 0,
		host = '127.0.0.1',
		state = ':memory:',
		now,
		apiKey,
		adminKey,
		...rest
	} = options;
	if (!/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)) {
		throw new Error(`The sandbox listens on this machine only, not on ${host}`);
	}
	const settings = { ...STANDARD_SETTINGS };
	changeSettings(settings, rest);
	const { sandbox, heartbeat } = build(state, settings, new Clock(now));
	const app = buildHttp(sandbox, { apiKey, adminKey }, heartbeat.beat);
	try {
		await app.listen({ port, host });
	} catch (cause) {
		sandbox.store.close();
		sandbox.blobs.close();
		throw cause;
	}
	heartbeat.beat();
	const address = app.addresses()[0];
	const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
	return {
		url: `http://${name}:${address.port}`,
		addFault: (fault) => sandbox.faults.add(fault),
		changeSettings: (changes) => changeSettings(settings, changes),
		async advance(ms) {
			await sandbox.jobs.settle();
			sandbox.clock.advance(ms);
			await sandbox.jobs.catchUp();
			await sandbox.webhooks.deliverDue();
			heartbeat.beat();
		},
		async close() {
			await heartbeat.stop();
			await app.close();
			await sandbox.jobs.settle();
			await sandbox.webhooks.idle();
			sandbox.store.close();
			sandbox.blobs.close();
		},
	};
}

function build(state: string, settings: Settings, clock: Clock) {
	const store = new Store(state);
	const blobs = new Blobs(state);
	const webhooks = new Webhooks(store, clock);
	const jobs = new JobRunner(store, blobs, clock, settings, {
		ended: ({ id, status }, at) => webhooks.publish(`fine_tuning.job.${status}`, { id }, at),
		examined: () => heartbeat.beat(),
	});
	const tutor = new Tutor(store);
	const faults = new Faults();
	const log = new RequestLog();
	const sandbox: Sandbox = { store, blobs, clock, settings, faults, log, jobs, webhooks, tutor };
	const heartbeat = new Heartbeat(sandbox);
	return { sandbox, heartbeat };
}
