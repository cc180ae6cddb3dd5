import { SettingError } from '../settingError';

import { defined, type Fields, fieldsOf, rowsOf } from './answers';

/** https://docs.together.ai/reference/post-fine-tunes: what `training_method` holds for preferences. */
const OF_DPO = [
	'dpo_normalize_logratios_by_length',
	'dpo_reference_free',
	'rpo_alpha',
	'simpo_gamma',
];
const OF_LORA = ['lora_r', 'lora_alpha', 'lora_dropout', 'lora_trainable_modules'];

/**
 * OpenAI's body of a new job as Together reads it: hyperparameters beside the model, the method and LoRA in objects.
 *
 * @throws SettingError for settings that Together would refuse together.
 */
export function togetherBody({
	hyperparameters,
	method,
	integrations,
	seed,
	...body
}: Fields): Fields {
	const { type, dpo } = fieldsOf(method);
	const all = { ...fieldsOf(fieldsOf(dpo).hyperparameters), ...fieldsOf(hyperparameters) };
	const { lora, beta, ...rest } = all;
	const plain = without(rest, [...OF_LORA, ...OF_DPO]);
	return defined({
		...withValidation(plain, body.validation_file),
		random_seed: seed,
		training_type: trainingType(lora, only(all, OF_LORA)),
		training_method: type === 'dpo' ? preferences(beta, only(all, OF_DPO)) : undefined,
		...wandb(integrations, body),
		...body,
		// A checkpoint knows its base, and Together's own clients send one of the two.
		...(body.from_checkpoint !== undefined && { model: undefined }),
	});
}

/** A validation file without evaluations is read by nobody, and Together evaluates 0 times by default. */
function withValidation(plain: Fields, file: unknown): Fields {
	if (file === undefined || plain.n_evals !== undefined) return plain;
	return { ...plain, n_evals: 1 };
}

function trainingType(lora: unknown, settings: Fields): Fields | undefined {
	const isSet = Object.keys(settings).length > 0;
	if (lora === false) {
		if (!isSet) return { type: 'Full' };
		throw new SettingError(
			"'LoRA' is false, and settings of LoRA were given",
			`Remove ${Object.keys(settings).join(', ')}, or set LoRA to true.`,
			'LoRA',
		);
	}
	if (!isSet) return undefined;
	const { lora_r: rank, lora_alpha: alpha } = settings;
	if (typeof rank !== 'number') {
		throw new SettingError(
			"Settings of LoRA were given without 'LoRA Rank'",
			'Enter the rank too, e.g. 16, or leave all of them empty for automatic.',
			'LoRA Rank',
		);
	}
	// Twice the rank is what Together's own clients take.
	return { type: 'Lora', ...settings, lora_alpha: alpha ?? 2 * rank };
}

function preferences(beta: unknown, settings: Fields): Fields {
	const simPo = typeof settings.simpo_gamma === 'number' && settings.simpo_gamma > 0;
	return defined({
		method: 'dpo',
		dpo_beta: beta,
		// SimPO compares without a reference, and by length.
		...(simPo && { dpo_reference_free: true, dpo_normalize_logratios_by_length: true }),
		...settings,
	});
}

function wandb(integrations: unknown, body: Fields): Fields {
	const settings = fieldsOf(rowsOf(integrations)[0]?.wandb);
	if (Object.keys(settings).length === 0) return {};
	if (body.wandb_api_key === undefined) {
		throw new SettingError(
			'Together AI asks for the key of Weights & Biases with each job',
			"Add wandb_api_key to 'Additional Fields (JSON)', or remove 'Weights & Biases'.",
			'Weights & Biases',
		);
	}
	return defined({
		wandb_project_name: settings.project,
		wandb_name: settings.name,
		wandb_entity: settings.entity,
	});
}

function only(fields: Fields, names: string[]): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

function without(fields: Fields, names: string[]): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
