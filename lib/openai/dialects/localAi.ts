import { SettingError } from '../settingError';

import { fieldsOf, newestFirst, onePage, rowsOf, text } from './answers';
import { localAiBody } from './localAiBody';
import { localAiDeployments } from './localAiExports';
import { getLocalAiJob, JOBS, localAiCheckpoints, localAiJob, pathOfJob } from './localAiJobs';
import { EPOCHS, LEARNING_RATE, BATCH_SIZE, PLAIN_SUPPORT, statusReader } from './parts';
import type { CallHandler, Dialect } from './types';

const BY_PATH = 'It knows a file by its path: enter that as the training file, as Upload gave it.';
const IN_FOLDER = 'Delete it in the folder of the server.';

const SHARED = {
	batch_size: BATCH_SIZE,
	context_length: { label: 'Context Length', kind: 'integer', min: 1 },
	gradient_accumulation_steps: {
		label: 'Gradient Accumulation Steps',
		kind: 'integer',
		min: 1,
	},
	learning_rate: LEARNING_RATE,
	lora: { label: 'LoRA', kind: 'flag', description: 'Train an adapter; false trains all weights' },
	lora_alpha: { label: 'LoRA Alpha', kind: 'integer', min: 1 },
	lora_dropout: { label: 'LoRA Dropout', kind: 'share' },
	lora_r: { label: 'LoRA Rank', kind: 'integer', min: 1 },
	max_steps: { label: 'Max Steps', kind: 'integer', min: 1 },
	n_epochs: EPOCHS,
	optimizer: {
		label: 'Optimizer',
		kind: 'word',
		words: ['adafactor', 'adamw_8bit', 'adamw_torch', 'prodigy', 'sgd'],
	},
	save_steps: {
		label: 'Steps Between Checkpoints',
		kind: 'integer',
		min: 1,
	},
	warmup_steps: { label: 'Warm-Up Steps', kind: 'integer', min: 1 },
	weight_decay: { label: 'Weight Decay', kind: 'share' },
} as const;

/**
 * Self-hosted; training is beside the API that it copied from OpenAI, and a trained model answers once it is exported.
 * https://localai.io/features/fine-tuning/,
 * https://github.com/mudler/LocalAI/blob/master/core/http/routes/finetuning.go
 */
export const localAiDialect: Dialect = {
	id: 'localAi',
	name: 'LocalAI',
	supports: { ...PLAIN_SUPPORT, events: false },
	lacks: {
		'files.content': BY_PATH,
		'files.delete': IN_FOLDER,
		'files.get': BY_PATH,
		'files.list': BY_PATH,
		'jobs.events':
			'It tells its progress once, to whoever listens: watch it under Fine-Tune in its web interface, or use Get Many Checkpoints.',
		'models.delete': 'Use Delete of the resource Deployment for an exported model.',
		'models.get': 'Use Get Many to see the models.',
	},
	hyperparameters: 'topLevel',
	methods: {
		supervised: {
			...SHARED,
			packing: { label: 'Packing', kind: 'flag', description: 'Put short examples together' },
		},
		dpo: {
			...SHARED,
			beta: { label: 'Beta', kind: 'number', above: 0 },
			loss_type: { label: 'Loss', kind: 'word', words: ['hinge', 'ipo', 'sigmoid'] },
		},
	},
	job: { validationFile: false, wandb: false, finish: withoutSuffix },
	files: {
		// What its trainer reads, https://huggingface.co/docs/trl/dataset_formats
		lineFields: [
			['messages'],
			['prompt', 'completion'],
			['prompt', 'chosen', 'rejected'],
			['instruction', 'output'],
			['conversations'],
			['text'],
		],
		extensions: ['.json', '.jsonl'],
	},
	jobStatus: statusReader(),
	tunedModel: (job) =>
		text(job.fine_tuned_model) ??
		(job.export_status === 'completed' ? text(job.export_model_name) : undefined),
	chat: { maxTokens: 'max_tokens', checkpoints: false },
	calls: {
		'files.create': upload,
		'jobs.cancel': async ({ id, request }, send) => {
			await send({ ...request, ...pathOfJob(id, '/stop') });
			const answer = await send({ method: 'GET', ...pathOfJob(id) });
			return { ...answer, data: localAiJob(answer.data) };
		},
		'jobs.checkpoints': async ({ id }, send) => {
			const answer = await send({ method: 'GET', ...pathOfJob(id, '/checkpoints') });
			return onePage(answer, localAiCheckpoints(id, answer.data));
		},
		'jobs.create': createJob,
		'jobs.get': async ({ id }, send) => await getLocalAiJob(id, send),
		'jobs.list': async (_call, send) => {
			const answer = await send({ method: 'GET', ...JOBS });
			return onePage(answer, newestFirst(rowsOf(answer.data), 'created_at').map(localAiJob));
		},
	},
	trainableModels: ['Qwen/Qwen2.5-1.5B-Instruct', 'TinyLlama/TinyLlama-1.1B-Chat-v1.0'],
	deployments: localAiDeployments,
};

/** A file has no id but its path on the server. */
async function upload(
	{ request }: Parameters<CallHandler>[0],
	send: Parameters<CallHandler>[1],
): ReturnType<CallHandler> {
	const file = request.form?.find((part) => 'fileName' in part);
	const answer = await send({
		...request,
		path: '/api/fine-tuning/datasets',
		fromOrigin: true,
		form: file && [file],
	});
	const { path } = fieldsOf(answer.data);
	return {
		...answer,
		data: {
			id: path,
			object: 'file',
			filename: file && 'fileName' in file ? file.fileName : null,
			bytes: file && 'fileName' in file ? file.bytes : null,
			purpose: 'fine-tune',
			status: 'processed',
			created_at: null,
		},
	};
}

async function createJob(
	{ request }: Parameters<CallHandler>[0],
	send: Parameters<CallHandler>[1],
): ReturnType<CallHandler> {
	const body = localAiBody(fieldsOf(request.body));
	const answer = await send({ ...request, ...JOBS, body });
	const made = fieldsOf(answer.data);
	const id = text(made.id) ?? '';
	// The answer is short. That the job is there counts more than how it looks.
	const whole = await send({ method: 'GET', ...pathOfJob(id) }).catch(() => undefined);
	const { model, dataset_source } = body;
	const short = { ...made, model, config: { dataset_source }, extra_options: body.extra_options };
	return { ...answer, data: localAiJob(whole?.data ?? short) };
}

function withoutSuffix(body: Record<string, unknown>): Record<string, unknown> {
	if (body.suffix === undefined) return body;
	throw new SettingError(
		'LocalAI names a model when it is exported',
		"Remove 'Model Name Suffix', and enter the name as 'Deployment Name' of the resource Deployment.",
		'Model Name Suffix',
	);
}
