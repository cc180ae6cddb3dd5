import type { FastifyReply, FastifyRequest } from 'fastify';

import {
	type Course,
	type Face,
	type Json,
	LAB_KEY,
	type Lab,
	type LabFile,
	look,
	refuse,
} from './lab';
import { chatRoutes } from './openAiShape';

interface ById {
	Params: { id: string };
}

const COURSE = ['pending', 'queued', 'running', 'compressing', 'uploading', 'completed'];

/** Together AI, https://docs.together.ai/reference and https://github.com/togethercomputer/openapi. */
export const together: Face = (lab) => {
	// The address for the bytes is signed: it takes no key, and one that comes along would be a leak.
	lab.app.addHook('onRequest', async ({ url, headers }, reply) => {
		const isSigned = url.startsWith('/signed/');
		const fits = headers.authorization === (isSigned ? undefined : `Bearer ${LAB_KEY}`);
		if (!fits) return await refuse(reply, 401, 'Invalid API key provided', 'invalid_api_key');
	});
	fileRoutes(lab);
	jobRoutes(lab);
	detailRoutes(lab);
	endpointRoutes(lab);
	// https://docs.together.ai/reference/chat-completions-1
	chatRoutes(lab, '/v1');
};

function fileRoutes(lab: Lab): void {
	const { app } = lab;
	app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, bytes, done) =>
		done(null, bytes),
	);

	// https://github.com/togethercomputer/together-py/blob/main/src/together/lib/resources/files.py (get_upload_url)
	app.post('/v1/files', async (request, reply) => {
		const id = lab.nextId('file-');
		const { fields } = await lab.receive(request, id);
		const missing = ['purpose', 'file_name', 'file_type'].find((name) => !fields[name]);
		if (missing) {
			lab.files.delete(id);
			return await refuse(reply, 400, `${missing} is required`);
		}
		lab.files.get(id)!.filename = fields.file_name;
		return await reply
			.code(302)
			.header('location', `http://${request.headers.host}/signed/${id}?signature=lab`)
			.header('x-together-file-id', id)
			.send();
	});
	app.put<ById>('/signed/:id', async ({ params, body }, reply) => {
		const file = lab.files.get(params.id)!;
		file.content = body as Buffer;
		file.bytes = file.content.length;
		return await reply.code(200).send();
	});
	app.post<ById>('/v1/files/:id/preprocess', async ({ params }, reply) => {
		const file = lab.files.get(params.id);
		return file ? presentFile(file) : await refuse(reply, 404, 'File not found');
	});

	// https://docs.together.ai/reference/get-files
	app.get('/v1/files', () => ({ data: [...lab.files.values()].map(presentFile) }));
	app.get<ById>('/v1/files/:id', async ({ params }, reply) => {
		const file = lab.files.get(params.id);
		return file ? presentFile(file) : await refuse(reply, 404, `File not found: ${params.id}`);
	});
	app.get<ById>('/v1/files/:id/content', async ({ params }, reply) =>
		reply.type('text/plain').send(lab.files.get(params.id)?.content),
	);
	app.delete<ById>('/v1/files/:id', ({ params: { id } }) => ({
		id,
		deleted: lab.files.delete(id),
	}));
}

function presentFile({ id, bytes, created_at, filename, purpose, content }: LabFile): Json {
	const Processed = content.length > 0;
	return { id, object: 'file', created_at, filename, bytes, purpose, Processed, FileType: 'jsonl' };
}

function jobRoutes(lab: Lab): void {
	const { app } = lab;
	// https://docs.together.ai/reference/post-fine-tunes
	app.post('/v1/fine-tunes', async ({ body }, reply) => {
		const problem = problemOf(body as Json);
		if (problem) return await refuse(reply, 422, problem);
		return truncated(lab.addJob(lab.nextId('ft-'), body as Json, COURSE));
	});
	// https://docs.together.ai/reference/get-fine-tunes: all of them, the oldest first, without pages.
	app.get('/v1/fine-tunes', () => ({
		data: [...lab.jobs.values()].map((job) => truncated(job)),
	}));
	// https://docs.together.ai/reference/get-fine-tunes-id
	app.get<ById>('/v1/fine-tunes/:id', async ({ params }, reply) => {
		const job = lab.jobs.get(params.id);
		if (!job) return await refuse(reply, 404, `Fine-tune ${params.id} not found`);
		look(job);
		return { ...truncated(job), events: eventsOf(job) };
	});
	// https://docs.together.ai/reference/post-fine-tunes-id-cancel
	app.post<ById>('/v1/fine-tunes/:id/cancel', async ({ params }, reply) => {
		const job = lab.jobs.get(params.id);
		if (!job) return await refuse(reply, 404, `Fine-tune ${params.id} not found`);
		job.states = ['cancel_requested', 'cancelled'];
		return truncated(job);
	});
}

function detailRoutes(lab: Lab): void {
	const { app } = lab;
	// https://docs.together.ai/reference/get-fine-tunes-id-events
	app.get<ById>('/v1/fine-tunes/:id/events', ({ params }) => {
		const job = lab.jobs.get(params.id);
		return { data: job ? eventsOf(job) : [] };
	});
	// https://docs.together.ai/reference/get-fine-tunes-id-metrics
	app.get<ById>('/v1/fine-tunes/:id/metrics', ({ params }) => ({
		metrics: [7, 14]
			.filter(() => lab.jobs.has(params.id))
			.map((step) => ({
				'train/loss': 3.5 / step,
				'train/learning_rate': 0.0001,
				'train/global_step': step,
			})),
	}));
	// https://docs.together.ai/reference/get-fine-tunes-id-checkpoint
	app.get<ById>('/v1/fine-tunes/:id/checkpoints', ({ params }) => {
		if (lab.jobs.get(params.id)?.states[0] !== 'completed') return { data: [] };
		const created = (minute: number) =>
			new Date((lab.seconds() + minute * 60) * 1000).toISOString();
		return {
			data: [
				{ step: 7, path: 's3://a', created_at: created(1), checkpoint_type: 'Intermediate' },
				{ step: 14, path: 's3://b', created_at: created(2), checkpoint_type: 'Final Merged' },
			],
		};
	});
}

const FIELDS =
	/^(training_file|validation_file|packing|max_seq_length|model|n_epochs|n_checkpoints|n_evals|batch_size|learning_rate|lr_scheduler|warmup_ratio|max_grad_norm|weight_decay|random_seed|suffix|wandb_\w+|train_on_inputs|training_method|training_type|multimodal_params|from_checkpoint|from_hf_model|hf_\w+)$/;

function problemOf(body: Json): string | undefined {
	const unknown = Object.keys(body).find((name) => !FIELDS.test(name));
	if (unknown) return `unknown field: ${unknown}`;
	if (!body.training_file) return 'training_file is required';
	if (!body.model === !body.from_checkpoint) return 'one of model and from_checkpoint is required';
	const { type, lora_r: rank, lora_alpha: alpha } = (body.training_type ?? {}) as Json;
	return type === 'Lora' && !(rank && alpha) ? 'lora_r and lora_alpha are required' : undefined;
}

/** The schema FinetuneResponseTruncated. */
function truncated({ id, states: [status], created_at, data }: Course): Json {
	const done = status === 'completed';
	const output = `lab/${String(data.model).split('/').at(-1)}-${String(data.suffix ?? 'ft')}-${id}`;
	const at = new Date(created_at * 1000).toISOString();
	return {
		id,
		status,
		created_at: at,
		updated_at: at,
		user_id: 'user_lab',
		owner_address: 'lab@example.com',
		total_price: done ? 1500 : 0,
		token_count: done ? 4096 : 0,
		events: [],
		n_epochs: 1,
		n_checkpoints: 1,
		n_evals: 0,
		batch_size: 8,
		learning_rate: 0.00001,
		training_type: { type: 'Lora', lora_r: 64, lora_alpha: 128 },
		training_method: { method: 'sft', train_on_inputs: 'auto' },
		...data,
		model_output_name: output,
		progress: { estimate_available: !done, seconds_remaining: done ? 0 : 60 },
	};
}

function eventsOf({ id, states: [status], created_at }: Course): Json[] {
	const event = (type: string, message: string, level = 'info') => ({
		object: 'fine-tune-event',
		created_at: new Date(created_at * 1000).toISOString(),
		level,
		message,
		type,
		param_count: 0,
		token_count: 0,
		total_steps: 14,
		wandb_url: '',
		step: 0,
		checkpoint_path: '',
		model_path: '',
		training_offset: 0,
		hash: `${id}-${type}`,
	});
	const failed = status === 'error' || status === 'user_error';
	return [
		event('job_pending', 'Fine tune request created'),
		event('job_start', 'Job started'),
		...(failed ? [event('job_error', 'Line 3: messages must alternate', 'error')] : []),
	];
}

function endpointRoutes(lab: Lab): void {
	const { app } = lab;
	// https://docs.together.ai/reference/listhardware
	app.get('/v1/hardware', async ({ query }, reply) => {
		if (String((query as Json).model).endsWith('-Reference')) {
			return await refuse(reply, 404, 'Model not found');
		}
		const hardware = (id: string, cents: number, status: string) => ({
			object: 'hardware',
			id,
			pricing: { cents_per_minute: cents },
			specs: { gpu_type: 'h100-80gb', gpu_link: 'sxm', gpu_memory: 80, gpu_count: 1 },
			availability: { status },
			updated_at: new Date(0).toISOString(),
		});
		return {
			object: 'list',
			data: [
				hardware('2x_nvidia_h100_80gb_sxm', 12, 'available'),
				hardware('1x_nvidia_h100_80gb_sxm', 6, 'available'),
				hardware('1x_nvidia_a100_80gb_sxm', 4, 'unavailable'),
			],
		};
	});
	// https://docs.together.ai/reference/createendpoint
	app.post('/v1/endpoints', async ({ body }: FastifyRequest, reply: FastifyReply) => {
		const settings = body as Json;
		const missing = ['model', 'hardware', 'autoscaling'].find((name) => !settings[name]);
		if (missing) return await refuse(reply, 400, `${missing} is required`);
		const id = lab.nextId('endpoint-');
		return presentEndpoint(
			lab,
			lab.addDeployment(id, settings, ['PENDING', 'STARTING', 'STARTED']),
		);
	});
	// https://docs.together.ai/reference/listendpoints
	app.get('/v1/endpoints', () => ({
		object: 'list',
		data: [...lab.deployments.values()].map((endpoint) => presentEndpoint(lab, endpoint)),
	}));
	// https://docs.together.ai/reference/getendpoint
	app.get<ById>('/v1/endpoints/:id', async ({ params }, reply) => {
		const endpoint = lab.deployments.get(params.id);
		if (!endpoint) return await refuse(reply, 404, 'Endpoint not found');
		look(endpoint);
		return presentEndpoint(lab, endpoint);
	});
	// https://docs.together.ai/reference/deleteendpoint
	app.delete<ById>('/v1/endpoints/:id', async ({ params }, reply) => {
		lab.models.delete(nameOf(lab.deployments.get(params.id)));
		lab.deployments.delete(params.id);
		return await reply.code(204).send();
	});
}

function presentEndpoint(lab: Lab, endpoint: Course): Json {
	const { id, states, created_at, data } = endpoint;
	const [state] = states;
	if (state === 'STARTED') lab.models.add(nameOf(endpoint));
	return {
		object: 'endpoint',
		id,
		name: nameOf(endpoint),
		type: 'dedicated',
		owner: 'lab',
		state,
		created_at: new Date(created_at * 1000).toISOString(),
		...data,
	};
}

function nameOf(endpoint: Course | undefined): string {
	return `lab/${String(endpoint?.data.model)}-${String(endpoint?.id)}`;
}
