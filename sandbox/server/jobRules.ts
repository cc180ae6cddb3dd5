import { randomInt } from 'node:crypto';

import { checkBody, checkMetadata, type Body, type Rule } from './check';
import { badRequest, notFound, Refusal } from './errors';
import { checkGrader } from './graders/rules';
import { newId } from './ids';
import { findModel, type ServedModel } from './models';
import type { PublicJob } from './records';
import type { Sandbox } from './sandbox';
import { fileStatus, findFile } from './uploadedFile';

const supervised: Record<string, Rule> = {
	batch_size: { type: 'integer', auto: true, min: 1, max: 256 },
	learning_rate_multiplier: { type: 'number', auto: true, min: 0, above: true },
	n_epochs: { type: 'integer', auto: true, min: 1, max: 50 },
};
const dpo: Record<string, Rule> = {
	...supervised,
	beta: { type: 'number', auto: true, min: 0, above: true, max: 2 },
};
const reinforcement: Record<string, Rule> = {
	...supervised,
	compute_multiplier: { type: 'number', auto: true, min: 0.00001, max: 10 },
	eval_interval: { type: 'integer', auto: true, min: 1 },
	eval_samples: { type: 'integer', auto: true, min: 1 },
	reasoning_effort: { type: 'string', oneOf: ['default', 'low', 'medium', 'high'] },
};
const settings = (fields: Record<string, Rule>): Rule => ({ type: 'object', fields });

/** https://developers.openai.com/api/reference/resources/fine_tuning: the fields and bounds of a job. */
const FIELDS: Record<string, Rule> = {
	model: { type: 'string', required: true, minLength: 1 },
	training_file: { type: 'string', required: true, minLength: 1 },
	validation_file: { type: 'string' },
	suffix: { type: 'string', minLength: 1, maxLength: 64 },
	seed: { type: 'integer', min: 0, max: 2_147_483_647 },
	metadata: { type: 'object' },
	hyperparameters: settings(supervised),
	integrations: {
		type: 'array',
		maxLength: 5,
		items: settings({
			type: { type: 'string', required: true, oneOf: ['wandb'] },
			wandb: {
				...settings({
					project: { type: 'string', required: true },
					name: { type: 'string' },
					entity: { type: 'string' },
					tags: { type: 'array', items: { type: 'string' } },
				}),
				required: true,
			},
		}),
	},
	method: settings({
		type: { type: 'string', required: true, oneOf: ['supervised', 'dpo', 'reinforcement'] },
		supervised: settings({ hyperparameters: settings(supervised) }),
		dpo: settings({ hyperparameters: settings(dpo) }),
		reinforcement: settings({
			grader: { type: 'object', required: true },
			hyperparameters: settings(reinforcement),
		}),
	}),
};

type MethodType = 'supervised' | 'dpo' | 'reinforcement';

/** Checks the body of POST /fine_tuning/jobs and makes the job of it, with the status validating_files, and the model it trains further. */
export function readJob(json: unknown, sandbox: Sandbox): { job: PublicJob; parent: ServedModel } {
	const body = checkBody(json, FIELDS);
	checkMetadata(body.metadata);
	if (typeof body.suffix === 'string' && !/^[\w .-]+$/.test(body.suffix)) {
		throw badRequest(
			"Invalid 'suffix': only letters, digits, spaces, '-', '_' and '.' are allowed.",
			'suffix',
		);
	}
	const method = body.method as { type: MethodType } & Record<string, Body | undefined>;
	const type = method?.type ?? 'supervised';
	const parent = checkModel(body.model as string, type, sandbox);
	checkTrainable(body.training_file as string, 'training_file', sandbox);
	if (body.validation_file != null) {
		checkTrainable(body.validation_file as string, 'validation_file', sandbox);
	}
	if (type === 'reinforcement') checkReinforcement(method, body);
	return { job: newJob(body, type, parent.tuned ? parent.id : parent.base, sandbox), parent };
}

function checkModel(id: string, type: MethodType, { store }: Sandbox): ServedModel {
	const model = findModel(store, id);
	if (!model || model.retired || !model.tunable) {
		const message = `Model ${id} is not available for fine-tuning or does not exist.`;
		throw badRequest(message, 'model', 'model_not_available');
	}
	if (!model.methods.includes(type)) {
		const message = `Model ${id} does not support the fine-tuning method '${type}'. Supported methods: ${model.methods.join(', ')}.`;
		throw badRequest(message, 'method', 'unsupported_method');
	}
	return model;
}

function checkTrainable(id: string, param: string, sandbox: Sandbox): void {
	const file = findFile(sandbox, id);
	if (!file) throw notFound(`File '${id}' does not exist`, param, 'file_not_found');
	if (file.purpose !== 'fine-tune') {
		throw badRequest(
			`File '${id}' has the purpose '${file.purpose}', but must have the purpose 'fine-tune'.`,
			param,
			'invalid_file_purpose',
		);
	}
	const status = fileStatus(sandbox, file);
	if (status === 'processed') return;
	const reason =
		status === 'error'
			? `File '${id}' could not be processed and cannot be used for fine-tuning.`
			: `File '${id}' is still being processed and is not ready to be used for fine-tuning. Please try again later.`;
	throw new Refusal(400, reason, { param });
}

function checkReinforcement(method: Record<string, unknown>, body: Body): void {
	const settings = method.reinforcement as Body | undefined;
	if (!settings) {
		const message = "Missing required parameter: 'method.reinforcement'.";
		throw badRequest(message, 'method.reinforcement', 'missing_required_parameter');
	}
	checkGrader(settings.grader as Body, 'method.reinforcement.grader');
	if (body.validation_file == null) {
		const message = 'A validation file is required for reinforcement fine-tuning.';
		throw badRequest(message, 'validation_file', 'missing_required_parameter');
	}
}

function newJob(body: Body, type: MethodType, model: string, sandbox: Sandbox): PublicJob {
	const { clock } = sandbox;
	const given = (body.method as Record<string, Body> | undefined)?.[type];
	const auto = { batch_size: 'auto', learning_rate_multiplier: 'auto', n_epochs: 'auto' };
	const asked = { ...auto, ...(given?.hyperparameters ?? body.hyperparameters ?? {}) };
	const hyperparameters = { ...asked, ...(type === 'dpo' && { beta: 'auto', ...asked }) };
	const { batch_size, learning_rate_multiplier, n_epochs } = asked;
	const job = {
		object: 'fine_tuning.job',
		id: newId('ftjob-'),
		model,
		created_at: clock.seconds(),
		finished_at: null,
		fine_tuned_model: null,
		organization_id: 'org-sandbox',
		result_files: [],
		status: 'validating_files',
		validation_file: body.validation_file ?? null,
		training_file: body.training_file,
		hyperparameters: { batch_size, learning_rate_multiplier, n_epochs },
		trained_tokens: null,
		error: null,
		user_provided_suffix: body.suffix ?? null,
		seed: body.seed ?? randomInt(0, 2_147_483_647),
		estimated_finish: null,
		integrations: body.integrations ?? [],
		metadata: body.metadata ?? null,
		method: { type, [type]: { ...given, hyperparameters } },
	};
	return job as unknown as PublicJob;
}
