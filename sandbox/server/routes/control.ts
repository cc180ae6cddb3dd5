import type { FastifyInstance } from 'fastify';

import { checkBody, type Body } from '../check';
import { badRequest, notFound } from '../errors';
import type { Fault } from '../faults';
import type { Ending } from '../jobRunner';
import { findModel } from '../models';
import { FILE_STATUSES, JOB_ENDINGS, type ModelRecord, type PublicJob } from '../records';
import type { Sandbox } from '../sandbox';
import { changeSettings } from '../settings';
import { requireFile, presentFile } from '../uploadedFile';
import { requireJob } from './jobs';

interface ById {
	Params: { id: string };
}

/** How tests and the start script steer the sandbox; needs no key and is no part of OpenAI's API. */
export function controlRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	stateRoutes(app, sandbox);
	faultRoutes(app, sandbox);
	clockRoutes(app, sandbox);
	recordRoutes(app, sandbox);
}

function stateRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	const { store, settings, log, faults, clock } = sandbox;

	app.get('/__sandbox/state', () => ({
		now: new Date(clock.now()).toISOString(),
		settings: { ...settings, speed: Number.isFinite(settings.speed) ? settings.speed : 0 },
		counts: {
			files: store.count('file'),
			uploads: store.count('upload'),
			jobs: store.count('job'),
			models: store.count('model'),
			webhookEndpoints: store.count('endpoint'),
		},
		jobs: [...store.each('job')].map(
			({ job: { id, status, model, fine_tuned_model, metadata } }) => {
				return { id, status, model, fine_tuned_model, metadata };
			},
		),
		deliveries: [...store.each('delivery')].map(({ body: _, ...delivery }) => delivery),
		faults: faults.list(),
		requests: log.show(),
	}));

	app.post('/__sandbox/reset', async () => {
		await sandbox.jobs.settle();
		await sandbox.webhooks.idle();
		sandbox.jobs.forgetAll();
		sandbox.tutor.forgetAll();
		store.clear();
		sandbox.blobs.clear();
		faults.clear();
		log.clear();
		return { ok: true };
	});

	app.post('/__sandbox/settings', ({ body }) => {
		understood(() => changeSettings(settings, checkObject(body)));
		return { ...settings, speed: Number.isFinite(settings.speed) ? settings.speed : 0 };
	});
}

function faultRoutes(app: FastifyInstance, { faults }: Sandbox): void {
	app.get('/__sandbox/faults', () => faults.list());

	app.post('/__sandbox/faults', ({ body }) => {
		const wanted = Array.isArray(body) ? body : [body];
		understood(() => wanted.forEach((fault) => faults.add(checkObject(fault) as Fault)));
		return faults.list();
	});

	app.delete('/__sandbox/faults', () => {
		faults.clear();
		return [];
	});
}

function clockRoutes(app: FastifyInstance, { clock, jobs, webhooks }: Sandbox): void {
	app.post('/__sandbox/clock', async ({ body: json }) => {
		const { advanceMs } = checkBody(json, {
			advanceMs: { type: 'number', required: true, min: 0 },
		});
		await jobs.settle();
		clock.advance(advanceMs as number);
		await jobs.catchUp();
		await webhooks.deliverDue();
		return { now: new Date(clock.now()).toISOString() };
	});
}

function recordRoutes(app: FastifyInstance, sandbox: Sandbox): void {
	const { store, jobs, webhooks } = sandbox;

	app.post<ById>('/__sandbox/jobs/:id', async ({ params, body: json }) => {
		const { status, error } = checkBody(json, {
			status: { type: 'string', required: true, oneOf: JOB_ENDINGS },
			error: { type: 'object' },
		});
		await jobs.examined(params.id);
		await jobs.exclusively(async () => {
			const record = requireJob(sandbox, params.id);
			if (record.job.finished_at !== null) {
				throw badRequest(`Job ${params.id} has ended already.`);
			}
			await jobs.end(record, status as Ending, error as PublicJob['error']);
		});
		await webhooks.deliverDue();
		return requireJob(sandbox, params.id).job;
	});

	app.post<ById>('/__sandbox/files/:id', ({ params, body: json }) => {
		const { status } = checkBody(json, {
			status: { type: 'string', required: true, oneOf: FILE_STATUSES },
		});
		const file = { ...requireFile(sandbox, params.id), forcedStatus: status as 'uploaded' };
		store.put('file', file);
		return presentFile(sandbox, file);
	});

	app.post<ById>('/__sandbox/models/:id', ({ params, body: json }) => {
		const model = findModel(store, params.id);
		if (!model) throw notFound(`No model ${params.id}`);
		const changes = checkBody(json, {
			retired: { type: 'boolean' },
			shutdown_date: { type: 'string', nullable: true },
		});
		const { id, created, base, jobs: taught, shutdown_date, retired } = model;
		const record = { id, created, base, jobs: taught, shutdown_date, retired, ...changes };
		store.put('model', record as ModelRecord);
		return record;
	});
}

function checkObject(value: unknown): Body {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body;
	throw badRequest('Expected a JSON object.');
}

function understood(work: () => void): void {
	try {
		work();
	} catch (cause) {
		throw badRequest(cause instanceof Error ? cause.message : 'Not understood.');
	}
}
