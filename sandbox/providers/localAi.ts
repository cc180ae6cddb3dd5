import type { FastifyReply } from 'fastify';

import { type Course, type Face, type Json, type Lab, look } from './lab';
import { chatRoutes } from './openAiShape';

interface ById {
	Params: { id: string };
}

const BASE = '/api/fine-tuning';
const COURSE = ['queued', 'loading_model', 'loading_dataset', 'training', 'saving', 'completed'];
const ENDS = ['completed', 'failed', 'stopped'];

/**
 * LocalAI, https://localai.io/features/fine-tuning/ and
 * https://github.com/mudler/LocalAI/blob/master/core/http/endpoints/localai/finetune.go.
 */
export const localAi: Face = (lab) => {
	fileRoutes(lab);
	jobRoutes(lab);
	progressRoute(lab);
	exportRoutes(lab);
	// https://localai.io/features/openai-functions/
	chatRoutes(lab, '/v1');
};

function fileRoutes(lab: Lab): void {
	// https://github.com/mudler/LocalAI/blob/master/core/services/finetune/service.go (UploadDataset)
	lab.app.post(`${BASE}/datasets`, async (request, reply) => {
		const id = lab.nextId('0000');
		const file = await lab.receive(request, id);
		if (!file.filename) return await refuse(reply, 400, 'file is required');
		return { path: pathOf(id, file.filename) };
	});
}

function jobRoutes(lab: Lab): void {
	const { app } = lab;
	// StartFineTuneJobEndpoint
	app.post(`${BASE}/jobs`, async ({ body }, reply) => {
		const job = body as Json;
		const missing = [
			['model', 'model is required'],
			['dataset_source', 'dataset_source is required'],
		].find(([name]) => !job[name]);
		if (missing) return await refuse(reply, 400, missing[1]);
		const mistyped = mistypedOption(job);
		if (mistyped) return await refuse(reply, 400, `Invalid request: ${mistyped}`);
		const { id } = lab.addJob(lab.nextId('2f9c-'), job, COURSE);
		return await reply.code(201).send({ id, status: 'queued', message: 'Fine-tuning started' });
	});
	// ListFineTuneJobsEndpoint: a bare list, the newest first.
	app.get(`${BASE}/jobs`, () => [...lab.jobs.values()].reverse().map(present));
	// GetFineTuneJobEndpoint: looking at a job does not move it on.
	app.get<ById>(`${BASE}/jobs/:id`, async ({ params }, reply) => {
		const job = lab.jobs.get(params.id);
		return job ? present(job) : await notFound(reply, params.id);
	});
	// StopFineTuneJobEndpoint
	app.post<ById>(`${BASE}/jobs/:id/stop`, async ({ params }, reply) => {
		const job = lab.jobs.get(params.id);
		if (!job) return await notFound(reply, params.id);
		job.states = ['stopped'];
		job.data.message = 'Training stopped by user';
		return { status: 'stopped', message: 'Fine-tuning job stopped' };
	});
	// ListCheckpointsEndpoint
	app.get<ById>(`${BASE}/jobs/:id/checkpoints`, async ({ params }, reply) => {
		const job = lab.jobs.get(params.id);
		if (!job) return await notFound(reply, params.id);
		const at = new Date(lab.seconds() * 1000).toISOString();
		const checkpoints = [30, 60].map((step) => ({
			path: `${outputDir(params.id)}/checkpoint-${step}`,
			step,
			epoch: step / 30,
			loss: 15 / step,
			created_at: at,
		}));
		return { checkpoints: job.states[0] === 'completed' ? checkpoints : null };
	});
}

/** Go reads `extra_options` as texts only. */
function mistypedOption({ extra_options: options }: Json): string | undefined {
	const wrong = Object.entries((options ?? {}) as Json).find(
		([, value]) => typeof value !== 'string',
	);
	return wrong && `json: cannot unmarshal ${typeof wrong[1]} into extra_options.${wrong[0]}`;
}

function progressRoute({ app, jobs }: Lab): void {
	// FineTuneProgressEndpoint: server-sent events, and the one thing that moves a job on. The real one stays open while
	// the training goes on; a client that hangs up after some of it has seen the same.
	app.get<ById>(`${BASE}/jobs/:id/progress`, async ({ params }, reply) => {
		const job = jobs.get(params.id);
		if (job && !ENDS.includes(job.states[0])) {
			look(job);
			look(job);
		}
		const event = job
			? { job_id: job.id, current_step: 10, total_steps: 60, loss: 0.5, status: job.states[0] }
			: { status: 'error', message: `job not found: ${params.id}` };
		return await reply.type('text/event-stream').send(`data: ${JSON.stringify(event)}\n\n`);
	});
}

function exportRoutes(lab: Lab): void {
	const { app } = lab;
	// ExportModelEndpoint
	app.post<ById>(`${BASE}/jobs/:id/export`, async ({ params, body }, reply) => {
		const job = lab.jobs.get(params.id);
		if (!job) return await notFound(reply, params.id);
		const { name, checkpoint_path: path, export_format: format, model } = body as Json;
		const modelName = String(name ?? `${String(job.data.model)}-ft-${params.id}`);
		if (lab.models.has(modelName)) {
			return await refuse(
				reply,
				500,
				`model "${modelName}" already exists, choose a different name`,
			);
		}
		const problem = !String(path).startsWith(outputDir(params.id))
			? `export failed: Checkpoint not found: ${String(path)}`
			: format !== 'lora' && !model
				? 'export failed: Base model name required'
				: undefined;
		lab.addDeployment(params.id, { modelName, problem }, [
			'exporting',
			problem ? 'failed' : 'completed',
		]);
		job.data.export = lab.deployments.get(params.id);
		return await reply.code(202).send({
			status: 'exporting',
			message: `Export started for model '${modelName}'`,
			model_name: modelName,
		});
	});
	app.addHook('preHandler', async ({ url }) => {
		const [, id] = /^\/api\/fine-tuning\/jobs\/([^/?]+)$/.exec(url) ?? [];
		const course = id === undefined ? undefined : lab.deployments.get(id);
		if (!course) return;
		look(course);
		if (course.states[0] === 'completed') lab.models.add(String(course.data.modelName));
	});
	// https://localai.io/features/model-gallery/#how-to-delete-models
	app.post<ById>('/models/delete/:id', ({ params }) => {
		lab.models.delete(params.id);
		return { uuid: lab.nextId('uuid-'), status: 'http://localhost/models/jobs/1' };
	});
}

/** The type FineTuneJob, https://github.com/mudler/LocalAI/blob/master/core/schema/finetune.go */
function present({ id, states: [status], created_at, data }: Course): Json {
	const { export: exported, message, ...config } = data;
	return {
		id,
		model: config.model,
		backend: 'trl',
		model_id: `trl-finetune-${id}`,
		training_type: config.training_type,
		training_method: config.training_method,
		status,
		message: message ?? (status === 'failed' ? 'CUDA out of memory' : ''),
		output_dir: outputDir(id),
		extra_options: config.extra_options,
		created_at: new Date(created_at * 1000).toISOString(),
		...exportState(exported as Course | undefined),
		config,
	};
}

function exportState(course: Course | undefined): Json {
	if (!course) return {};
	const [state] = course.states;
	return {
		export_status: state,
		...(state === 'failed' ? { export_message: course.data.problem } : {}),
		...(state === 'completed' ? { export_model_name: course.data.modelName } : {}),
	};
}

function outputDir(job: string): string {
	return `/data/fine-tune/${job}`;
}

function pathOf(id: string, fileName: string): string {
	return `/data/fine-tune/datasets/${id}-${fileName}`;
}

async function refuse(reply: FastifyReply, status: number, error: string) {
	return await reply.code(status).send({ error });
}

async function notFound(reply: FastifyReply, id: string) {
	return await refuse(reply, 404, `job not found: ${id}`);
}
