/** What the id of a model tells. */

export interface TunedModelId {
	/** Snapshot that was trained, e.g. `gpt-4.1-mini-2025-04-14`. */
	base: string;
	/** Own part of the name, where the user gave one. */
	suffix?: string;
	/** For a checkpoint: the step it was saved at. */
	step?: number;
}

/**
 * OpenAI `ft:<base>:<organization>:<suffix>:<id>[:ckpt-step-N]`, Azure `<base>.ft-<id>[-<suffix>]`, OpenAI before
 * 2023 `<base>:ft-<organization>…`, Nebius `<base>-LoRa:<name>-<id>`; undefined for every other id.
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
	return old ? { base: old[1] } : undefined;
}

export function isTunedModelId(id: string): boolean {
	return parseTunedModelId(id) !== undefined;
}
