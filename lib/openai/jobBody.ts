import type { JobCreateParams } from 'openai/resources/fine-tuning/jobs/jobs';

import type { Dialect, JobRules } from './dialects/types';
import type { Grader } from './graders';
import { readHyperparameters, type FineTuningMethod } from './hyperparameters';
import { mergeFields } from './mergeFields';
import { SettingError } from './settingError';

/** Limits of OpenAI's schema, https://platform.openai.com/docs/api-reference/fine-tuning/create. */
export const MAX_METADATA_PAIRS = 16;
const MAX_METADATA_NAME = 64;
const MAX_METADATA_VALUE = 512;
const MAX_SUFFIX = 64;
const MAX_SEED = 2147483647;

export interface WandbSettings {
	project: string;
	name?: string;
	entity?: string;
	tags?: string[];
}

/** What a user decides about a job; blank texts count as absent. */
export interface JobSettings {
	model: string;
	trainingFile: string;
	validationFile?: string;
	method: FineTuningMethod;
	/** API name -> number, numeric text, `auto` or blank. */
	hyperparameters?: Readonly<Record<string, unknown>>;
	/** Sent as they are, for servers that know more; they win. */
	extraHyperparameters?: Readonly<Record<string, unknown>>;
	/** Needed for, and only for, the reinforcement method. */
	grader?: Grader;
	suffix?: string;
	seed?: number | string;
	metadata?: ReadonlyArray<{ name: string; value: unknown }>;
	wandb?: WandbSettings;
	/** Azure's `trainingType`. */
	trainingTier?: string;
	/** Fields for servers that know more than OpenAI; merged in last, so they win. */
	extraFields?: Readonly<Record<string, unknown>>;
}

/**
 * Builds the body of `POST /fine_tuning/jobs`, with hyperparameters where the dialect's server reads them.
 *
 * @throws SettingError naming the setting that the API would refuse.
 */
export function buildJobBody(settings: JobSettings, dialect: JobDialect): JobCreateParams {
	const rules = dialect.job ?? {};
	assertKnown(settings, dialect);
	const body: JobCreateParams = {
		model: required(settings.model, 'Base Model', 'Pick a model from the list, or enter its ID.'),
		training_file: required(
			settings.trainingFile,
			'Training File',
			'Pick a file from the list, or enter its ID (file-…), e.g. from an earlier Upload.',
		),
		...tuning(settings, dialect),
	};
	const validationFile = settings.validationFile?.trim();
	if (validationFile) {
		if (validationFile === body.training_file) throw sameFileTwice();
		body.validation_file = validationFile;
	}
	const suffix = settings.suffix?.trim();
	if (suffix) body.suffix = checkSuffix(suffix, rules.suffix);
	if (!isBlank(settings.seed)) body.seed = readSeed(settings.seed);
	const metadata = readMetadata(settings.metadata ?? []);
	if (metadata) body.metadata = metadata;
	if (settings.wandb) {
		body.integrations = [{ type: 'wandb', wandb: readWandb(settings.wandb) }];
	}
	const tier = settings.trainingTier?.trim();
	const tiered = tier ? { ...body, trainingType: checkTier(tier, dialect) } : body;
	const whole = mergeFields(tiered, settings.extraFields ?? {});
	return (rules.finish ? rules.finish({ ...whole }) : whole) as JobCreateParams;
}

type JobDialect = Pick<Dialect, 'hyperparameters'> &
	Partial<Pick<Dialect, 'extras' | 'job' | 'methods' | 'name'>>;

/** What was set and the server has not is refused: left out in silence it would be missed later. */
function assertKnown(settings: JobSettings, { job = {}, name = 'The provider' }: JobDialect): void {
	const refuse = (isSet: boolean, known: boolean | undefined, what: string, setting: string) => {
		if (!isSet || known !== false) return;
		throw new SettingError(`${name} has no ${what}`, `Remove '${setting}'.`, setting);
	};
	const metadata = (settings.metadata ?? []).some(({ name: field }) => String(field ?? '').trim());
	refuse(metadata, job.metadata, 'metadata of jobs', 'Metadata');
	refuse(!isBlank(settings.seed), job.seed, 'seed of jobs', 'Seed');
	refuse(Boolean(settings.wandb), job.wandb, 'Weights & Biases integration', 'Weights & Biases');
	const validation = Boolean(settings.validationFile?.trim());
	refuse(validation, job.validationFile, 'validation files', 'Validation File');
}

/** How the dialect trains by this method. */
function rulesOf(method: FineTuningMethod, { methods, name = 'the provider' }: JobDialect) {
	if (!methods) return undefined;
	const rules = Object.hasOwn(methods, method) ? methods[method] : undefined;
	if (rules) return rules;
	throw new SettingError(
		`${name.replace(/^t/, 'T')} does not train by the ${method} method`,
		`Use ${Object.keys(methods).join(' or ')}.`,
		'Method',
	);
}

function tuning(
	settings: JobSettings,
	dialect: JobDialect,
): Pick<JobCreateParams, 'method' | 'hyperparameters'> {
	const { method: type } = settings;
	const { hyperparameters: placement, extras } = dialect;
	const known = rulesOf(type, dialect);
	const read = readHyperparameters(type, settings.hyperparameters ?? {}, known, dialect.name);
	const values = {
		...extras?.hyperparameters,
		...read,
		...settings.extraHyperparameters,
	} as Record<string, never>;
	const hyperparameters = Object.keys(values).length > 0 ? values : undefined;
	if (type === 'reinforcement') {
		if (!settings.grader) {
			throw new SettingError(
				'Reinforcement fine-tuning needs a grader',
				"Define one under 'Grader'.",
				'Grader',
			);
		}
		const grader = settings.grader as never;
		return {
			method: { type, reinforcement: { grader, ...(hyperparameters && { hyperparameters }) } },
		};
	}
	// Servers that read the top level only have no notion of a method; supervised is all they do by default.
	if (type === 'supervised' && placement === 'topLevel') {
		return hyperparameters ? { hyperparameters } : {};
	}
	return {
		method: { type, ...(hyperparameters && { [type]: { hyperparameters } }) },
		...(placement !== 'method' && hyperparameters && { hyperparameters }),
	};
}

function readMetadata(
	pairs: ReadonlyArray<{ name: string; value: unknown }>,
): Record<string, string> | undefined {
	const entries = pairs
		.map(({ name, value }) => [String(name ?? '').trim(), asText(value)] as const)
		.filter(([name, value]) => name !== '' || value !== '');
	if (entries.length === 0) return undefined;
	const names = new Set(entries.map(([name]) => name));
	if (names.size > MAX_METADATA_PAIRS) {
		throw new SettingError(
			`${names.size} metadata fields were given, and a job can hold ${MAX_METADATA_PAIRS}`,
			'Remove some under Options > Metadata.',
			'Metadata',
		);
	}
	for (const [name, value] of entries) checkPair(name, value);
	return Object.fromEntries(entries);
}

function checkPair(name: string, value: string): void {
	if (name === '') {
		throw new SettingError(
			`A metadata field with the value "${value.slice(0, 40)}" has no name`,
			'Enter its name, or remove it, under Options > Metadata.',
			'Metadata',
		);
	}
	if (name.length > MAX_METADATA_NAME || value.length > MAX_METADATA_VALUE) {
		throw new SettingError(
			`The metadata field '${name.slice(0, MAX_METADATA_NAME)}' is too long`,
			`Use at most ${MAX_METADATA_NAME} characters for a name and ${MAX_METADATA_VALUE} for a value.`,
			'Metadata',
		);
	}
}

function readWandb(settings: WandbSettings): JobCreateParams.Integration.Wandb {
	const project = required(
		settings.project,
		'Project',
		'Enter the Weights & Biases project, or remove the integration, under Options.',
	);
	const tags = (settings.tags ?? []).map((tag) => tag.trim()).filter((tag) => tag !== '');
	return {
		project,
		...(settings.name?.trim() && { name: settings.name.trim() }),
		...(settings.entity?.trim() && { entity: settings.entity.trim() }),
		...(tags.length > 0 && { tags }),
	};
}

function checkSuffix(suffix: string, rule: JobRules['suffix']): string {
	const most = rule?.max ?? MAX_SUFFIX;
	const setting = 'Model Name Suffix';
	if (suffix.length > most) {
		throw new SettingError(
			`The model name suffix has ${suffix.length} characters, and ${most} are allowed`,
			'Shorten it under Options > Model Name Suffix.',
			setting,
		);
	}
	const { pattern } = rule ?? {};
	if (!pattern || [...suffix].every((character) => pattern.test(character))) return suffix;
	throw new SettingError(
		`The model name suffix cannot be '${suffix}'`,
		`Use ${rule?.allowed ?? 'other characters'} only, under Options > Model Name Suffix.`,
		setting,
	);
}

function checkTier(tier: string, { job = {}, name = 'The provider' }: JobDialect): string {
	const { tiers = [] } = job;
	if (tiers.includes(tier)) return tier;
	const setting = 'Training Tier';
	throw new SettingError(
		tiers.length > 0
			? `'${setting}' cannot be '${tier.slice(0, 40)}'`
			: `${name} has no training tiers`,
		tiers.length > 0 ? `Use ${tiers.join(', ')}.` : `Remove '${setting}'.`,
		setting,
	);
}

function readSeed(entered: number | string | undefined): number {
	const seed = Number(entered);
	if (Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED) return seed;
	throw new SettingError(
		`The seed cannot be "${String(entered).slice(0, 40)}"`,
		`Enter a whole number from 0 to ${MAX_SEED} under Options > Seed, or remove it.`,
		'Seed',
	);
}

function sameFileTwice(): SettingError {
	return new SettingError(
		'The validation file is the same as the training file',
		"Pick another validation file, e.g. from the JSONL Builder's Split, or leave it empty.",
		'Validation File',
	);
}

function required(value: string | undefined, setting: string, fix: string): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') throw new SettingError(`'${setting}' is empty`, fix, setting);
	return text;
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

function asText(value: unknown): string {
	if (value === undefined || value === null) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
