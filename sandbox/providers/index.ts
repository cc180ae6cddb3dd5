/** The stand-ins of all providers by the name that the credential gives them. */
import { azure } from './azure';
import { fireworks } from './fireworks';
import { liteLlm, portkey } from './gateways';
import { type Face, type LabOptions, type ProviderStandIn, startProvider } from './lab';
import { localAi } from './localAi';
import { nebius } from './nebius';
import { llMariner, opea } from './selfHosted';
import { telnyx } from './telnyx';
import { together } from './together';

export { LAB_KEY } from './lab';

interface Entry {
	face: Face;
	/** What follows the address of the stand-in in the credential's base URL. */
	base: string;
}

export const PROVIDERS = {
	azureOpenAi: { face: azure, base: '/openai/v1' },
	fireworks: { face: fireworks, base: '/inference/v1' },
	liteLlm: { face: liteLlm, base: '/v1' },
	llMariner: { face: llMariner, base: '/v1' },
	localAi: { face: localAi, base: '/v1' },
	nebius: { face: nebius, base: '/v1' },
	opea: { face: opea, base: '/v1' },
	portkey: { face: portkey, base: '/v1' },
	telnyx: { face: telnyx, base: '/v2/ai' },
	together: { face: together, base: '/v1' },
} satisfies Record<string, Entry>;

export type ProviderName = keyof typeof PROVIDERS;

export function isProvider(name: string): name is ProviderName {
	return Object.hasOwn(PROVIDERS, name);
}

/** Starts the stand-in of a provider on this machine; `baseUrl` is what goes into the credential. */
export async function startProviderByName(
	name: ProviderName,
	options: LabOptions = {},
): Promise<ProviderStandIn & { baseUrl: string }> {
	const { face, base } = PROVIDERS[name];
	const standIn = await startProvider(face, options);
	return { ...standIn, baseUrl: `${standIn.url}${base}` };
}
