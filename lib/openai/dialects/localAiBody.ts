import { defined, type Fields, fieldsOf } from './answers';

/** Begins the name of a metadata field among the options that LocalAI keeps with a job. */
export const METADATA = 'metadata.';

/** The node's hyperparameters -> the server's fields. */
const NAMES: Readonly<Record<string, string>> = {
	lora_alpha: 'adapter_alpha',
	lora_dropout: 'adapter_dropout',
	lora_r: 'adapter_rank',
	n_epochs: 'num_epochs',
};
/** What the trainer itself reads, all of it as text. */
const OPTIONS = ['beta', 'loss_type', 'packing'];

/**
 * OpenAI's body of a new job as LocalAI reads it. Metadata is kept among the options, which the trainer passes over.
 * https://github.com/mudler/LocalAI/blob/master/core/schema/finetune.go
 */
export function localAiBody(body: Fields): Fields {
	const { model, training_file: file, hyperparameters, method, metadata, ...extra } = body;
	const isDpo = fieldsOf(method).type === 'dpo';
	const {
		lora,
		context_length: length,
		...all
	} = {
		...fieldsOf(fieldsOf(fieldsOf(method).dpo).hyperparameters),
		...fieldsOf(hyperparameters),
	} as Fields;
	const options = {
		...asText(entriesOf(all, (name) => OPTIONS.includes(name))),
		...asText(length === undefined ? [] : [[isDpo ? 'max_length' : 'max_seq_length', length]]),
		...asText(Object.entries(fieldsOf(metadata)).map(([name, value]) => [METADATA + name, value])),
		...fieldsOf(extra.extra_options),
	};
	return defined({
		model,
		backend: 'trl',
		training_method: isDpo ? 'dpo' : 'sft',
		training_type: lora === false ? 'full' : 'lora',
		dataset_source: file,
		...Object.fromEntries(
			entriesOf(all, (name) => !OPTIONS.includes(name)).map(([name, value]) => [
				Object.hasOwn(NAMES, name) ? NAMES[name] : name,
				value,
			]),
		),
		...extra,
		extra_options: Object.keys(options).length > 0 ? options : undefined,
	});
}

/** The metadata that a job was made with; undefined for none. */
export function metadataOf(options: unknown): Fields | undefined {
	const found = Object.entries(fieldsOf(options)).filter(([name]) => name.startsWith(METADATA));
	if (found.length === 0) return undefined;
	return Object.fromEntries(found.map(([name, value]) => [name.slice(METADATA.length), value]));
}

function entriesOf(fields: Fields, fits: (name: string) => boolean): Array<[string, unknown]> {
	return Object.entries(fields).filter(([name]) => fits(name));
}

function asText(entries: Array<[string, unknown]>): Fields {
	return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
