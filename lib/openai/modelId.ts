/** What the id of a model tells. */

export interface TunedModelId {
	/** Snapshot that was trained, e.g. `gpt-4.1-mini-2025-04-14`, where the id holds it. */
	base?: string;
	/** Own part of the name, where the user gave one. */
	suffix?: string;
	/** For a checkpoint: the step it was saved at. */
	step?: number;
}

/**
 * Ids that tell no more than that the model was tuned.
 *
 * Together: `<account>/<base>-<suffix>-<8 hex digits>`, in its reference also `<account>/<owner>/<base>-<8 hex digits>`;
 * where base and suffix meet cannot be seen, and eight digits that are a date end the name of a base model.
 * https://docs.together.ai/reference/post-fine-tunes
 *
 * Fireworks: `accounts/<account>/models/<model>`; the account `fireworks` has the base models, others have what was
 * tuned, or uploaded, there.
 * https://docs.fireworks.ai/getting-started/concepts
 *
 * LocalAI: `<base>-ft-<8 hex digits>`, with everything but letters and digits of the base made a hyphen, unless the
 * export was given another name.
 * https://github.com/mudler/LocalAI/blob/master/core/services/finetune/service.go (ExportModel)
 */
const WITHOUT_BASE = [
	/^[^/]+\/(?:[^/]+\/)?[^/]+-(?!(?:19|20)\d{6}$)[0-9a-f]{8}$/,
	/^accounts\/(?!fireworks\/)[^/]+\/models\/[^/]+$/,
	/^[a-z0-9-]+-ft-[0-9a-f]{8}$/,
];

/**
 * OpenAI `ft:<base>:<organization>:<suffix>:<id>[:ckpt-step-N]`, Azure `<base>.ft-<id>[-<suffix>]`, OpenAI before
 * 2023 `<base>:ft-<organization>…`, Nebius `<base>-LoRa:<name>-<id>`; of Together, Fireworks and LocalAI no more than
 * that the model was tuned. Undefined for every other id.
 */
export function parseTunedModelId(id: string): TunedModelId | undefined {
	const openAi = /^ft:([^:]+)(?::([^:]*))?(?::([^:]*))?(?::[^:]*)?(?::ckpt-step-(\d{1,9}))?$/.exec(
		id,
	);
	if (openAi) {
		const [, base, , suffix, step] = openAi;
		return {
			base,
			...(suffix ? { suffix } : {}),
			...(step ? { step: Number(step) } : {}),
		};
	}
	const azure = /^(.+?)\.ft-[0-9a-f]{8,}(?:-(.+))?$/.exec(id);
	if (azure) return { base: azure[1], ...(azure[2] ? { suffix: azure[2] } : {}) };
	const nebius = /^([^:]+)-LoRa:([^:]+)$/.exec(id);
	if (nebius) return { base: nebius[1], suffix: nebius[2] };
	const old = /^([^:]+):ft-/.exec(id);
	if (old) return { base: old[1] };
	return WITHOUT_BASE.some((pattern) => pattern.test(id)) ? {} : undefined;
}

export function isTunedModelId(id: string): boolean {
	return parseTunedModelId(id) !== undefined;
}
