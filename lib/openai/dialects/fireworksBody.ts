import { SettingError } from '../settingError';

import { defined, type Fields, fieldsOf, rowsOf, text } from './answers';
import { nameOf, shortHash, slug } from './fireworksNames';

/** The node's hyperparameters -> Fireworks' own names. */
const NAMES: Readonly<Record<string, string>> = {
	batch_size: 'batchSize',
	batch_size_samples: 'batchSizeSamples',
	context_length: 'maxContextLength',
	early_stop: 'earlyStop',
	eval_auto_carveout: 'evalAutoCarveout',
	gradient_accumulation_steps: 'gradientAccumulationSteps',
	learning_rate: 'learningRate',
	lora_r: 'loraRank',
	n_epochs: 'epochs',
	warmup_steps: 'learningRateWarmupSteps',
	weight_decay: 'optimizerWeightDecay',
};

/**
 * OpenAI's body of a new job as Fireworks reads it.
 * https://docs.fireworks.ai/api-reference/create-supervised-fine-tuning-job
 *
 * @param marker - what makes the names of this run its own.
 * @throws SettingError for settings that Fireworks has not.
 */
export function fireworksBody(account: string, body: Fields, marker: string): Fields {
	const {
		model,
		training_file: file,
		validation_file: validation,
		suffix,
		hyperparameters,
		method,
		integrations,
		metadata: _,
		...extra
	} = body;
	const isDpo = fieldsOf(method).type === 'dpo';
	if (isDpo && validation !== undefined) throw noEvaluation();
	const { beta, ...all } = {
		...fieldsOf(fieldsOf(fieldsOf(method).dpo).hyperparameters),
		...fieldsOf(hyperparameters),
	} as Fields;
	const training = defined({
		...base(account, text(model) ?? ''),
		outputModel: outputModel(account, text(suffix), marker),
		...renamed(all),
	});
	const job = defined({
		dataset: nameOf(account, 'datasets', text(file) ?? ''),
		evaluationDataset: text(validation) && nameOf(account, 'datasets', text(validation) ?? ''),
		wandbConfig: wandb(integrations, extra),
	});
	if (!isDpo) return { ...training, ...job, ...withoutWandb(extra) };
	const lossConfig = { method: 'DPO', ...(beta !== undefined && { dpo: { beta } }) };
	return { ...job, trainingConfig: training, lossConfig, ...withoutWandb(extra) };
}

/** Models of the account itself are tuned ones: their training goes on. All others are bases. */
function base(account: string, model: string): Fields {
	if (model.startsWith(`accounts/${account}/models/`)) return { warmStartFrom: model };
	return { baseModel: model.includes('/') ? model : `accounts/fireworks/models/${model}` };
}

/** Left to Fireworks without a suffix: it then takes the id of the job. */
function outputModel(account: string, suffix: string | undefined, marker: string) {
	if (suffix === undefined) return undefined;
	const id = `${slug(suffix, 50)}-${shortHash(marker).slice(0, 8)}`;
	return nameOf(account, 'models', id.replace(/^-/, ''));
}

function renamed(hyperparameters: Fields): Fields {
	return Object.fromEntries(
		Object.entries(hyperparameters).map(([name, value]) => [
			Object.hasOwn(NAMES, name) ? NAMES[name] : name,
			value,
		]),
	);
}

function wandb(integrations: unknown, extra: Fields): Fields | undefined {
	const own = fieldsOf(extra.wandbConfig);
	const settings = fieldsOf(rowsOf(integrations)[0]?.wandb);
	if (Object.keys(settings).length === 0) {
		return Object.keys(own).length > 0 ? own : undefined;
	}
	if (text(own.apiKey) === undefined) {
		throw new SettingError(
			'Fireworks AI asks for the key of Weights & Biases with each job',
			'Add it to \'Additional Fields (JSON)\' as {"wandbConfig": {"apiKey": "…"}}, or remove \'Weights & Biases\'.',
			'Weights & Biases',
		);
	}
	const { project, entity } = settings;
	return { enabled: true, ...defined({ project, entity }), ...own };
}

function withoutWandb({ wandbConfig: _, ...extra }: Fields): Fields {
	return extra;
}

function noEvaluation(): SettingError {
	return new SettingError(
		'Fireworks AI takes no validation file for the dpo method',
		"Remove 'Validation File'.",
		'Validation File',
	);
}
