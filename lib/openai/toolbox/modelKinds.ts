/** What a model can be used for, as far as its id tells: the list of models does not say. */
import { parseTunedModelId } from '../modelId';
import { SettingError } from '../settingError';

export type ModelKind =
	| 'chat'
	| 'completion'
	| 'embedding'
	| 'image'
	| 'moderation'
	| 'other'
	| 'speech'
	| 'transcription';

/** The first that fits counts; what fits none is taken for a chat model. */
const KINDS: ReadonlyArray<readonly [ModelKind, RegExp]> = [
	['moderation', /moderation|llama-?guard|shield-?gemma/i],
	['embedding', /embed|^text-(?:similarity|search)-|\b(?:bge|gte|e5|minilm|stella)-/i],
	['other', /realtime|^sora|^computer-use|rerank|^gpt-audio|-audio-preview/i],
	['transcription', /whisper|transcribe|parakeet|canary-/i],
	['speech', /(?:^|[^a-z])tts(?:[^a-z]|$)|kokoro|orpheus/i],
	['image', /^dall-e|gpt-image|^chatgpt-image|flux|stable-diffusion|sdxl/i],
	['completion', /^(?:babbage|davinci|curie|ada)\b|^text-davinci|turbo-instruct/i],
];

/** Kinds whose models each operation can name, with the word for them in texts. */
const NEEDED: Record<Exclude<ModelKind, 'other'>, readonly [ModelKind[], string]> = {
	chat: [['chat'], 'a chat model such as gpt-6-luna'],
	completion: [['chat', 'completion'], 'a chat or completion model'],
	embedding: [['embedding'], 'an embedding model such as text-embedding-3-small'],
	image: [['image'], 'an image model such as gpt-image-2.6-flare'],
	moderation: [['moderation'], 'a moderation model such as omni-moderation-latest'],
	speech: [['speech'], 'a speech model such as gpt-4o-mini-tts'],
	transcription: [['transcription'], 'a transcription model such as gpt-transcribe'],
};

/** By OpenAI's naming and that of well-known open models; a tuned model is of its base model's kind. */
export function kindOf(modelId: string): ModelKind {
	const base = parseTunedModelId(modelId)?.base ?? modelId;
	// Gateways write the vendor before the name, e.g. openai/whisper-1.
	const name = base.slice(base.lastIndexOf('/') + 1);
	return KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'chat';
}

/** Whether an operation that wants a model of `kind` can use the model. */
export function fits(modelId: string, kind: Exclude<ModelKind, 'other'>): boolean {
	return NEEDED[kind][0].includes(kindOf(modelId));
}

/**
 * Refuses a model that the operation cannot use, where names are OpenAI's own: elsewhere a name proves nothing.
 *
 * @param provider - of the credential.
 * @throws SettingError naming a model that fits.
 */
export function refuseOtherKind(
	modelId: string,
	kind: Exclude<ModelKind, 'other'>,
	provider: string,
): void {
	const [, wanted] = NEEDED[kind];
	if (modelId === '') {
		throw new SettingError(
			"'Model' is empty",
			`Pick ${wanted} from the list, or enter an ID.`,
			'Model',
		);
	}
	if (!['openAi', 'sandbox'].includes(provider) || fits(modelId, kind)) return;
	throw new SettingError(
		`The model '${modelId.slice(0, 100)}' cannot do this: it is ${described(kindOf(modelId))}`,
		`Pick ${wanted}. Nothing was sent.`,
		'Model',
	);
}

function described(kind: ModelKind): string {
	if (kind === 'other') return 'made for another endpoint';
	return /^[aeiou]/.test(kind) ? `an ${kind} model` : `a ${kind} model`;
}
