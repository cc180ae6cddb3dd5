import {
	type Course,
	type Face,
	type Json,
	LAB_KEY,
	type Lab,
	type LabFile,
	look,
	page,
} from './lab';
import { chatRoutes, eventRoutes, fileRoutes } from './openAiShape';

interface ById {
	Params: { id: string };
}

const COURSE = ['validating_files', 'queued', 'running', 'succeeded'];

/** Nebius Token Factory, https://docs.tokenfactory.nebius.com/api-reference. */
export const nebius: Face = (lab) => {
	lab.requireKey('authorization', `Bearer ${LAB_KEY}`, [401, { detail: 'Not authenticated' }]);
	const { app } = lab;

	// https://docs.tokenfactory.nebius.com/api-reference/files
	fileRoutes(lab, '/v1', presentFile);

	// https://docs.tokenfactory.nebius.com/api-reference/fine-tuning/create-a-fine-tuning-job
	app.post('/v1/fine_tuning/jobs', async ({ body }, reply) => {
		const unknown = unknownField(body as Json);
		if (unknown) {
			const detail = [
				{
					type: 'extra_forbidden',
					loc: ['body', ...unknown],
					msg: 'Extra inputs are not permitted',
				},
			];
			return await reply.code(422).send({ detail });
		}
		return presentJob(lab, lab.addJob(lab.nextId('ftjob-'), body as Json, COURSE));
	});
	app.get('/v1/fine_tuning/jobs', ({ query }) =>
		page([...lab.jobs.values()].reverse(), query, (job) => presentJob(lab, job)),
	);
	app.get<ById>('/v1/fine_tuning/jobs/:id', async ({ params }, reply) => {
		const job = lab.jobs.get(params.id);
		if (!job) return await reply.code(404).send({ detail: 'Fine-tuning job not found' });
		look(job);
		return presentJob(lab, job);
	});
	app.post<ById>('/v1/fine_tuning/jobs/:id/cancel', ({ params }) => {
		const job = lab.jobs.get(params.id)!;
		job.states = ['cancelled'];
		return presentJob(lab, job);
	});
	eventRoutes(lab, '/v1');
	app.get<ById>('/v1/fine_tuning/jobs/:id/checkpoints', ({ params, query }) =>
		page(checkpointsOf(lab, params.id), query, (checkpoint) => checkpoint),
	);

	// https://docs.tokenfactory.nebius.com/api-reference/models/create-a-custom-model
	app.post('/v0/models', async ({ body }, reply) => {
		const { name, base_model, source } = body as Record<string, string | undefined>;
		const missing = Object.entries({ name, base_model, source }).find(([, value]) => !value);
		if (missing) {
			const detail = [{ type: 'missing', loc: ['body', missing[0]], msg: 'Field required' }];
			return await reply.code(422).send({ detail });
		}
		const full = `${base_model}-LoRa:${name}-${lab.nextId('x')}`;
		const model = lab.addDeployment(full, { base_model, source }, ['validating', 'active']);
		return presentModel(lab, model);
	});
	app.get('/v0/models', () =>
		[...lab.deployments.values()].map((model) => presentModel(lab, model)),
	);
	app.get<ById>('/v0/models/:id', async ({ params }, reply) => {
		const model = lab.deployments.get(params.id);
		if (!model) return await reply.code(404).send({ detail: 'Model not found' });
		look(model);
		return presentModel(lab, model);
	});
	app.delete<ById>('/v0/models/:id', ({ params }) => {
		lab.deployments.delete(params.id);
		lab.models.delete(params.id);
		return {};
	});

	// https://docs.tokenfactory.nebius.com/api-reference/introduction
	chatRoutes(lab, '/v1');
};

const FIELDS = [
	'model',
	'training_file',
	'validation_file',
	'from_checkpoint',
	'hyperparameters',
	'method',
	'integrations',
	'seed',
	'suffix',
	'tags',
	'extra_body',
];
const HYPERPARAMETERS = [
	'batch_size',
	'learning_rate',
	'n_epochs',
	'warmup_ratio',
	'weight_decay',
	'packing',
	'max_grad_norm',
	'context_length',
	'lora',
	'lora_r',
	'lora_alpha',
	'lora_dropout',
];

function unknownField(body: Json): string[] | undefined {
	const field = Object.keys(body).find((name) => !FIELDS.includes(name));
	if (field) return [field];
	const set = Object.keys((body.hyperparameters as Json | undefined) ?? {});
	const hyperparameter = set.find((name) => !HYPERPARAMETERS.includes(name));
	return hyperparameter ? ['hyperparameters', hyperparameter] : undefined;
}

function presentFile({ id, bytes, created_at, filename, purpose }: LabFile) {
	return { id, object: 'file', bytes, created_at, filename, purpose };
}

/** https://docs.tokenfactory.nebius.com/api-reference/fine-tuning/get-fine-tuning-job-info */
function presentJob(lab: Lab, { id, states: [status], created_at, data }: Course): Json {
	const done = status === 'succeeded';
	return {
		id,
		object: 'fine_tuning.job',
		created_at,
		error: null,
		finished_at: done ? lab.seconds() : null,
		hyperparameters: {
			batch_size: 8,
			learning_rate: 0.00001,
			n_epochs: 3,
			...(data.hyperparameters as Json),
		},
		model: data.model,
		organization_id: '',
		result_files: [],
		seed: data.seed ?? 42,
		suffix: data.suffix ?? null,
		status,
		trained_tokens: done ? 4096 : null,
		trained_steps: done ? 30 : 0,
		total_steps: 30,
		training_file: data.training_file,
		validation_file: data.validation_file ?? null,
		integrations: [],
	};
}

function checkpointsOf(lab: Lab, job: string) {
	if (lab.jobs.get(job)?.states[0] !== 'succeeded') return [];
	return [30, 20, 10].map((step) => ({
		id: `ftckpt_${step}`,
		object: 'fine_tuning.job.checkpoint',
		created_at: lab.seconds(),
		fine_tuned_model_checkpoint: `${job}:ftckpt_${step}`,
		fine_tuning_job_id: job,
		metrics: { step, train_loss: 1 / step },
		step_number: step,
		result_files: [`file-${job}-${step}`],
	}));
}

function presentModel(lab: Lab, { id, states: [status], created_at, data }: Course): Json {
	if (status === 'active') lab.models.add(id);
	return { name: id, ...data, created_at, status, description: null };
}
