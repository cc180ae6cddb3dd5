import { type Course, type Face, type Json, LAB_KEY, type Lab, look } from './lab';
import { chatRoutes, fileRoutes } from './openAiShape';

interface ById {
	Params: { id: string };
}

/**
 * LLMariner's grpc-gateway: 64-bit numbers as text, fields of fixed types, absent where they are empty.
 * https://github.com/llmariner/job-manager/blob/main/api/v1/fine_tuning_service.proto
 */
export const llMariner: Face = (lab) => {
	const { app } = lab;
	const course = ['queued', 'running', 'succeeded'];
	lab.requireKey('authorization', `Bearer ${LAB_KEY}`, [
		401,
		{ code: 16, message: 'unauthenticated', details: [] },
	]);
	fileRoutes(lab, '/v1', ({ id, bytes, created_at, filename, purpose }) => ({
		id,
		bytes: String(bytes),
		createdAt: String(created_at),
		created_at: String(created_at),
		filename,
		object: 'file',
		purpose,
	}));
	app.post('/v1/fine_tuning/jobs', async ({ body }, reply) => {
		const { suffix = '', hyperparameters, method } = body as Json;
		const own = (method as Json | undefined)?.hyperparameters;
		const numbers = Object.values({ ...(hyperparameters as Json), ...(own as Json) });
		const message = numbers.some((value) => typeof value !== 'number')
			? 'proto: invalid value for int32 field'
			: String(suffix).length > 18
				? 'suffix must be up to 18 characters'
				: undefined;
		if (message) return await reply.code(400).send({ code: 3, message, details: [] });
		return presentMariner(lab, lab.addJob(lab.nextId('job-'), body as Json, course));
	});
	app.get('/v1/fine_tuning/jobs', () => ({
		object: 'list',
		data: [...lab.jobs.values()].reverse().map((job) => presentMariner(lab, job)),
		has_more: false,
	}));
	app.get<ById>('/v1/fine_tuning/jobs/:id', async ({ params }, reply) => {
		const job = lab.jobs.get(params.id);
		if (!job) return await reply.code(404).send({ code: 5, message: 'job not found', details: [] });
		look(job);
		return presentMariner(lab, job);
	});
	app.post<ById>('/v1/fine_tuning/jobs/:id/cancel', ({ params }) => {
		const job = lab.jobs.get(params.id)!;
		job.states = ['cancelled'];
		return presentMariner(lab, job);
	});
	chatRoutes(lab, '/v1');
};

function presentMariner(lab: Lab, { id, states: [status], created_at, data }: Course): Json {
	const done = status === 'succeeded';
	const model = `ft:${String(data.model)}:${String(data.suffix ?? 'x')}-${id}`;
	if (done) lab.models.add(model);
	return {
		id,
		created_at: String(created_at),
		finished_at: done ? String(lab.seconds()) : '0',
		fine_tuned_model: done ? model : '',
		model: data.model,
		object: 'fine_tuning.job',
		status,
		training_file: data.training_file,
	};
}

/** OPEA's fine-tuning service on Ray, https://github.com/opea-project/GenAIComps/tree/main/comps/finetuning/src. */
export const opea: Face = (lab) => {
	const { app } = lab;
	const course = ['running', 'running', 'succeeded'];
	app.post('/v1/files', async (request) => {
		const file = await lab.receive(request, lab.nextId('file-'));
		lab.files.set(file.filename, file);
		const { id, bytes, created_at, filename } = file;
		return { id, object: 'file', bytes, created_at, filename, purpose: 'fine-tune' };
	});
	app.post('/v1/fine_tuning/jobs', async ({ body }, reply) => {
		const name = String((body as Json).training_file);
		if (!lab.files.has(name)) {
			return await reply.code(404).send({ detail: `Training file '${name}' not found!` });
		}
		return presentOpea(lab.addJob(lab.nextId('ft-job-'), body as Json, course));
	});
	app.get('/v1/fine_tuning/jobs', () => ({
		object: 'list',
		data: [...lab.jobs.values()].map(presentOpea),
		has_more: false,
	}));
	const named = (body: unknown) => String((body as Json).fine_tuning_job_id);
	app.post('/v1/fine_tuning/jobs/retrieve', async ({ body }, reply) => {
		const job = lab.jobs.get(named(body));
		if (!job)
			return await reply.code(404).send({ detail: `Fine-tuning job '${named(body)}' not found!` });
		look(job);
		return presentOpea(job);
	});
	app.post('/v1/fine_tuning/jobs/cancel', ({ body }) => {
		const job = lab.jobs.get(named(body))!;
		job.states = ['cancelled'];
		return presentOpea(job);
	});
	app.post('/v1/finetune/list_checkpoints', ({ body }) => {
		const id = named(body);
		const checkpoint = (folder: string, step?: string) => ({
			id: `ftckpt-${folder}`,
			created_at: lab.seconds(),
			fine_tuned_model_checkpoint: folder,
			fine_tuning_job_id: id,
			object: 'fine_tuning.job.checkpoint',
			step_number: step ?? null,
		});
		const done = lab.jobs.get(id)?.states[0] === 'succeeded';
		return [
			checkpoint(`output/${id}/checkpoint-500`, '500'),
			...(done ? [checkpoint(`output/${id}`)] : []),
		];
	});
};

function presentOpea({ id, states: [status], created_at, data }: Course): Json {
	return {
		object: 'fine_tuning.job',
		id,
		model: data.model,
		created_at,
		finished_at: null,
		fine_tuned_model: null,
		organization_id: null,
		result_files: null,
		status,
		validation_file: null,
		training_file: data.training_file,
		hyperparameters: { n_epochs: 1, batch_size: 2, learning_rate_multiplier: 0.00005 },
		trained_tokens: null,
		integrations: null,
		seed: 42,
		estimated_finish: null,
	};
}

/** A server nobody has heard of, with words of its own. */
export const unheardOf: Face = (lab) => {
	const { app } = lab;
	const course = ['WAITING', 'TRAINING', 'DONE'];
	fileRoutes(lab, '/v1');
	const present = (job: Course) => {
		const done = job.states[0] === 'DONE';
		if (done) lab.models.add(`tuned/${job.id}`);
		const { id, states, created_at, data } = job;
		return {
			id,
			status: states[0],
			created_at,
			model: data.model,
			...(done && { result: { name: `tuned/${id}` } }),
		};
	};
	app.post('/v1/fine_tuning/jobs', ({ body }) =>
		present(lab.addJob(lab.nextId('job-'), body as Json, course)),
	);
	app.get('/v1/fine_tuning/jobs', () => ({ data: [...lab.jobs.values()].map(present) }));
	app.get<ById>('/v1/fine_tuning/jobs/:id', ({ params }) => {
		const job = lab.jobs.get(params.id)!;
		look(job);
		return present(job);
	});
	chatRoutes(lab, '/v1');
};
